import type { LabContents, SampleTrials } from './lab-contents.ts';

/** Reads contents that this project wrote itself a moment ago. */
export function parseContents(text: string): LabContents {
  return JSON.parse(text) as LabContents;
}

/** Reads trials that this project wrote itself a moment ago. */
export function parseTrials(text: string): SampleTrials {
  return JSON.parse(text) as SampleTrials;
}
