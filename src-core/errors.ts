/**
 * What a caller of the core broke.
 *
 * - `out-of-range`: a number outside the range its unit allows.
 * - `bad-composition`: a strategy whose policies contradict each other reached the counter.
 * - `bad-layout`: a layout that was not built by `buildLayout`.
 * - `bad-cost-model`: a cost model without a price the counter needs.
 * - `bad-workload`: a workload whose figures contradict each other.
 */
export type ModelErrorCode =
  'out-of-range' | 'bad-composition' | 'bad-layout' | 'bad-cost-model' | 'bad-workload';

/** A promise broken by the caller; outcomes the kernel returns in ordinary use are values instead. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string) {
    super(message);
    this.name = 'ModelError';
    this.code = code;
  }
}

/** Closes a union: a new kind breaks the build here and not the run. */
export function assertNever(value: never): never {
  throw new ModelError('out-of-range', `no case for ${JSON.stringify(value)}`);
}
