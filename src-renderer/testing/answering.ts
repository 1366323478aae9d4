import type { Reply } from '#contract';

/**
 * Makes a request of the bridge from a function that knows the answer. What goes through is copied
 * as between processes, so that a window which sends anything but plain data fails here as well.
 */
export function answering<Input, Value>(
  answer: (input: Input) => Reply<Value>,
): (input: Input) => Promise<Reply<Value>> {
  return (input) => Promise.resolve(structuredClone(answer(structuredClone(input))));
}
