const PREFIX = 'folio-lab.';

/** A private window may have no storage at all, and reading it then throws. */
function storage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/**
 * What was remembered on this machine under a key.
 *
 * @param isExpected  What an older version wrote may have another shape: then it is forgotten.
 * @returns Null where nothing fitting is there.
 */
export function readRemembered<Value>(
  key: string,
  isExpected: (value: unknown) => value is Value,
): Value | null {
  try {
    const text = storage()?.getItem(`${PREFIX}${key}`) ?? null;
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    return isExpected(value) ? value : null;
  } catch {
    return null;
  }
}

/** Remembers a plain value on this machine; a full or missing storage is no reason to stop. */
export function remember(key: string, value: unknown): void {
  try {
    storage()?.setItem(`${PREFIX}${key}`, JSON.stringify(value));
  } catch {
    return;
  }
}
