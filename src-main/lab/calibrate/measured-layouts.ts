import { buildLayoutFromSpec, PMD_ORDER } from '#core';
import type { FrameArrangement, Layout, LayoutSpec, PageFlag } from '#core';
import type { SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';

/** How the memory behind a layout name of the measurement tables is mapped. */
type NamedMemory = {
  readonly order: number;
  readonly leaf: 'pte' | 'pmd' | 'pud';
  readonly isHugetlb: boolean;
  readonly isScattered: boolean;
};

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * 1024;
/** Longer buffers would be layouts of millions of rows. */
const MOST_BYTES = 4 * 1024 * MEBIBYTE;
/** What is built beside a short buffer, so that slots beside each other can be counted. */
const LEAST_REGION_BYTES = 4 * MEBIBYTE;
/** Regions above this came from fresh memory, where neighbours in memory are neighbours in frames. */
const FRESH_REGION_BYTES = 16 * MEBIBYTE;
/**
 * Share of folios in a fresh region whose frames follow those of the folio before: what the published tables found
 * (`phys_runs`) in the mean of their regions of 256 MiB. No row is asked for it.
 */
const FRESH_ADJACENCY = 0.75;

const memory = (
  order: number,
  leaf: NamedMemory['leaf'] = 'pte',
  more: Partial<NamedMemory> = {},
): NamedMemory => ({ order, leaf, isHugetlb: false, isScattered: false, ...more });

const NAMED: Readonly<Record<string, NamedMemory>> = {
  base4k: memory(0),
  base4k_shuf: memory(0, 'pte', { isScattered: true }),
  thp2m: memory(9, 'pmd'),
  thp2m_pte: memory(9),
  hugetlb2m: memory(9, 'pmd', { isHugetlb: true }),
  hugetlb1g: memory(18, 'pud', { isHugetlb: true }),
};

const MTHP_SIZES: ReadonlyMap<string, number> = new Map(
  [2, 3, 4, 5, 6, 7, 8].map((order) => {
    const kibibytes = 4 * 2 ** order;
    return [kibibytes === KIBIBYTE ? '1m' : `${kibibytes}k`, order];
  }),
);

/** The folio order behind a layout name, or null for a name that the tables do not have. */
function namedMemory(name: string): NamedMemory | null {
  const size = /^mthp(.+)$/.exec(name)?.[1];
  const order = size === undefined ? undefined : MTHP_SIZES.get(size);
  return order === undefined ? (NAMED[name] ?? null) : memory(order);
}

function framesOf({ order, isScattered }: NamedMemory, isFresh: boolean): FrameArrangement {
  return order < PMD_ORDER && !isScattered && isFresh
    ? { adjacency: FRESH_ADJACENCY }
    : 'scattered';
}

/** A layout of the measurement tables. */
export type MeasuredLayout = {
  readonly layout: Layout;
  /** Size of its folios. Unit: bytes. */
  readonly folioBytes: number;
};

/**
 * Builds the memory that a row of a measurement table was measured on, from its names and lengths alone.
 *
 * @param states  Flags of every page beside its type: `absent`, `readonly` and the like.
 * @returns The layout, from virtual page 0 on and longer than the buffer; or why there is none.
 */
export function layoutOfRow(
  row: Pick<SpanRow, 'layout' | 'mode' | 'bytes' | 'offsetBytes'>,
  states: readonly PageFlag[] = [],
): Found<MeasuredLayout> {
  const named = namedMemory(row.layout);
  if (named === null) {
    const known = [...Object.keys(NAMED), 'mthp16k to mthp1m'].join(', ');
    return { ok: false, message: `layout ${row.layout} is not known; known are ${known}` };
  }
  const neededBytes = row.bytes + (row.offsetBytes ?? 0);
  if (neededBytes > MOST_BYTES) {
    return { ok: false, message: `a buffer of ${row.bytes} bytes is longer than 4 GiB` };
  }
  const { order, leaf, isHugetlb } = named;
  const folioBytes = 4096 * 2 ** order;
  const unit = Math.max(folioBytes, 2 * MEBIBYTE);
  const region = Math.max(neededBytes, LEAST_REGION_BYTES);
  const isFresh = row.mode === 'walk' || region > FRESH_REGION_BYTES;
  const spec: LayoutSpec = {
    kind: 'uniform',
    bytes: Math.ceil(region / unit) * unit,
    order,
    leaf,
    frames: framesOf(named, isFresh),
    misalignmentPages: 0,
    flags: isHugetlb ? ['hugetlb', ...states] : states,
  };
  const built = buildLayoutFromSpec(spec, 1);
  if (built.ok) return { ok: true, value: { layout: built.layout, folioBytes } };
  return { ok: false, message: built.problem.message };
}
