import type { Step } from '../counting/recorder.ts';
import type { Explanation } from '../explain/explain.ts';
import { frameOfLetter } from './drawn-layout.ts';

const FIRST_LETTER = 65;
const FRAMES_PER_LETTER = frameOfLetter('A');

/** A frame as a drawing names it: `A7` is seven frames after the first of folio A. */
export function textFromFrame(pfn: number): string {
  const letter = Math.floor(pfn / FRAMES_PER_LETTER) - 1;
  return `${String.fromCharCode(FIRST_LETTER + letter)}${pfn % FRAMES_PER_LETTER}`;
}

/** The vectors of an I/O, `A0+512:4096` for 4096 bytes from byte 512 of page A0 on. */
export function textFromVectors({ bvecs }: Pick<Explanation, 'bvecs'>): string {
  return bvecs
    .map(({ pfn, offset, length }) => {
      const start = offset === 0 ? '' : `+${offset}`;
      return `${textFromFrame(pfn)}${start}:${length}`;
    })
    .join(' ');
}

/** References taken and dropped by the first frame of each folio, `A0 3/3`. */
export function textFromReferences({ references }: Pick<Explanation, 'references'>): string {
  return [...references.entries()]
    .sort(([a], [b]) => a - b)
    .map(([head, { added, removed }]) => `${textFromFrame(head)} ${added}/${removed}`)
    .join(', ');
}

/** Pages of every step of one kind, in order. */
export function pagesOfSteps(
  { steps }: Pick<Explanation, 'steps'>,
  kind: Step['kind'],
): readonly number[] {
  return steps.filter((step) => step.kind === kind).map(({ pages }) => pages);
}
