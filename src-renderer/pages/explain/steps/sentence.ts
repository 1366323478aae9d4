import type { RuleId } from './rules.ts';

/** One step in words. */
export type Sentence = {
  /** An order, or what comes of it: `Pin 32 pages`. */
  readonly title: string;
  /** What the kernel does, in one to three sentences. */
  readonly text: string;
  readonly rules: readonly RuleId[];
};
