import { verdictOf } from '#contract';
import type { ValidateRow, ValidateVerdict } from '#contract';

/** Where figures come from, in the order of the page. */
export const SOURCES = [
  { id: 's1', title: 'S1', meaning: 'Kumar, LPC 2024: from pages to folios' },
  { id: 's2', title: 'S2', meaning: 'Martins, December 2020: device memory' },
  { id: 's3', title: 'S3', meaning: 'Wilcox and Gunthorpe, December 2021: what a pin returns' },
  { id: 's4', title: 'S4', meaning: 'Piggin, January 2008: lockless walk' },
  { id: 's5', title: 'S5', meaning: 'Kara and others, LPC 2018: GUP and DMA' },
  { id: 'l', title: 'Lists', meaning: 'mailing lists, 2021 to 2025' },
  { id: 'x', title: 'Measured', meaning: 'measured on Linux 6.18' },
] as const;

/** What part of the figures is shown, by how they stand. */
export const STANDINGS = ['all', 'predicted', 'off', 'fitted', 'not-modelled'] as const;
export type Standing = (typeof STANDINGS)[number];

export const STANDING_TITLES: Readonly<Record<Standing, string>> = {
  all: 'All',
  predicted: 'Predicted',
  off: 'Off',
  fitted: 'Fitted',
  'not-modelled': 'Not modelled',
};

/** Whether a word names a part of the figures. */
export function isStanding(word: unknown): word is Standing {
  return STANDINGS.some((standing) => standing === word);
}

function stands(row: ValidateRow, standing: Standing): boolean {
  const verdict: ValidateVerdict = verdictOf(row);
  switch (standing) {
    case 'all':
      return true;
    case 'predicted':
      return row.basis === 'predicted' && verdict !== 'not-modelled';
    case 'off':
      return verdict === 'missed';
    case 'fitted':
      return row.basis === 'fitted';
    case 'not-modelled':
      return verdict === 'not-modelled';
  }
}

/** The source of a row: what stands before the first dot of its id. */
export function sourceOf({ id }: ValidateRow): string {
  return id.slice(0, Math.max(0, id.indexOf('.')));
}

/** The rows of a source that stand so, in their order. */
export function filterRows(
  rows: readonly ValidateRow[],
  source: string | null,
  standing: Standing,
): readonly ValidateRow[] {
  return rows.filter(
    (row) => (source === null || sourceOf(row) === source) && stands(row, standing),
  );
}
