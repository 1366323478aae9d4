/** Why a measured file was not read. */
export type MeasuredProblem = {
  /** Of the file, from 1; null where the fault has no line. */
  readonly line: number | null;
  /** What was found and what is allowed, one sentence without a full stop. */
  readonly message: string;
};
