/**
 * A record with one entry for each key. The only place where TypeScript has to be told that
 * `Object.fromEntries` keeps the keys it was given.
 */
export function recordFromKeys<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key, index: number) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key, index) => [key, valueOf(key, index)])) as Record<
    Key,
    Value
  >;
}
