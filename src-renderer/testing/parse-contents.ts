import type { LabContents } from './lab-contents.ts';

/** Reads contents that this project wrote itself a moment ago. */
export function parseContents(text: string): LabContents {
  return JSON.parse(text) as LabContents;
}
