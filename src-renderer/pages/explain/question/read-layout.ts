import {
  buildLayoutFromSpec,
  layoutSpecProblem,
  LEAF_LEVELS,
  PAGE_BYTES,
  PAGE_FLAGS,
  PAGES_OF_ORDER,
} from '#core';
import type { FrameArrangement, Layout, LayoutSpec, LeafLevel, OrderWeight, PageFlag } from '#core';
import { readSize, suggestNames } from '#contract';
import type { BuddyWords, LayoutWords, MixedWords, UniformWords } from './question.ts';
import { layoutFromRowsText } from '../../../layout-rows/read-layout-rows.ts';
import type { LayoutReading } from '../../../layout-rows/read-layout-rows.ts';

/** What is wrong, and the field it is marked at: `layout.size`, `offset`, `strategy.param.entries`. */
export type FieldProblem = { readonly field: string; readonly message: string };

/** Layouts of the catalogue that were asked for, by name; null while one is on its way. */
export type LoadedLayouts = ReadonlyMap<string, LayoutReading | null>;

export type LayoutResult =
  | { readonly kind: 'layout'; readonly layout: Layout }
  | { readonly kind: 'loading' }
  | { readonly kind: 'problem'; readonly problem: FieldProblem };

/** A word that cannot be read; caught where the layout is read. */
class BadWord extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

function bytesOf(field: string, written: string): number {
  const reading = readSize(written);
  if (!reading.ok) throw new BadWord(field, reading.message);
  return reading.value;
}

function wholeNumber(field: string, written: string): number {
  if (/^\d{1,15}$/.test(written)) return Number(written);
  throw new BadWord(field, `found ${JSON.stringify(written)}; allowed: a whole number`);
}

function share(field: string, written: string): number {
  if (/^\d(\.\d{1,9})?$/.test(written)) return Number(written);
  throw new BadWord(field, `found ${JSON.stringify(written)}; allowed: a share from 0 to 1`);
}

function oneOf<Word extends string>(field: string, written: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === written);
  if (word !== undefined) return word;
  throw new BadWord(field, `found ${JSON.stringify(written)}; allowed: ${words.join(', ')}`);
}

function framesOf(written: string): FrameArrangement {
  if (written === 'contiguous' || written === 'scattered') return written;
  const adjacency = Number(written);
  if (written.trim() !== '' && adjacency >= 0 && adjacency <= 1) return { adjacency };
  const allowed = 'contiguous, scattered, or the probability of adjacency from 0 to 1';
  throw new BadWord('layout.frames', `found ${JSON.stringify(written)}; allowed: ${allowed}`);
}

function flagsOf(written: string): PageFlag[] {
  const words = written.split('|').filter((word) => word !== '');
  return words.map((word) => oneOf('layout.flags', word, PAGE_FLAGS));
}

function weightsOf(written: string): OrderWeight[] {
  return written.split('+').map((pair) => {
    const [, order, weight] = /^(\d{1,2}):(\d{1,9}(?:\.\d{1,9})?)$/.exec(pair.trim()) ?? [];
    if (order !== undefined && weight !== undefined) {
      return { order: Number(order), weight: Number(weight) };
    }
    const form = 'order:weight+order:weight, such as 0:3+5:1';
    throw new BadWord('layout.weights', `found ${JSON.stringify(pair)}; it takes ${form}`);
  });
}

function specFromUniform(words: UniformWords): LayoutSpec {
  return {
    kind: 'uniform',
    bytes: bytesOf('layout.size', words.size),
    order: wholeNumber('layout.order', words.order),
    frames: framesOf(words.frames),
    leaf: oneOf<LeafLevel>('layout.leaf', words.leaf, LEAF_LEVELS),
    misalignmentPages: bytesOf('layout.misalignment', words.misalignment) / PAGE_BYTES,
    flags: flagsOf(words.flags),
  };
}

function specFromMixed(words: MixedWords): LayoutSpec {
  return {
    kind: 'mixed',
    bytes: bytesOf('layout.size', words.size),
    weights: weightsOf(words.weights),
    frames: framesOf(words.frames),
    leaf: oneOf('layout.leaf', words.leaf, ['pmd', 'pte']),
    flags: flagsOf(words.flags),
  };
}

function specFromBuddy(words: BuddyWords): LayoutSpec {
  const orders = words.orders === '' ? [] : words.orders.split('+');
  return {
    kind: 'buddy',
    bytes: bytesOf('layout.size', words.size),
    enabledOrders: orders.map((order) => wholeNumber('layout.orders', order.trim())),
    zoneBytes: bytesOf('layout.zone', words.zone),
    occupancy: share('layout.occupancy', words.occupancy),
    fragmentation: share('layout.fragmentation', words.fragmentation),
    misalignmentPages: bytesOf('layout.misalignment', words.misalignment) / PAGE_BYTES,
    flags: flagsOf(words.flags),
  };
}

/** What the fields call a key of a specification. */
const FIELD_OF_KEY: Readonly<Record<string, string>> = {
  bytes: 'size',
  misalignmentPages: 'misalignment',
  enabledOrders: 'orders',
  zoneBytes: 'zone',
};

/** Folios that are placed one by one as one types; the command line takes four times as many. */
const MOST_PLACED_FOLIOS = 1_048_576;

/** Larger zones take long to age as one types. */
const MOST_ZONE_BYTES = 4_294_967_296;

function zoneProblem(zoneBytes: number): FieldProblem | null {
  if (zoneBytes <= MOST_ZONE_BYTES) return null;
  const message = `${zoneBytes} is more than this page has the patience for; it takes up to ${MOST_ZONE_BYTES}, the command line more`;
  return { field: 'layout.zone', message };
}

function placedProblem(spec: LayoutSpec): FieldProblem | null {
  if (spec.kind === 'buddy') return zoneProblem(spec.zoneBytes);
  if (spec.kind !== 'uniform' || spec.frames === 'contiguous') return null;
  const folios = spec.bytes / (PAGE_BYTES * (PAGES_OF_ORDER[spec.order] ?? 1));
  if (folios <= MOST_PLACED_FOLIOS) return null;
  const message = `takes ${Math.ceil(folios)} folios with frames of their own; this page builds up to ${MOST_PLACED_FOLIOS}, the command line more`;
  return { field: 'layout.size', message };
}

function buildSpec(spec: LayoutSpec, seed: number): LayoutResult {
  const problem = layoutSpecProblem(spec);
  if (problem !== null) {
    const [key = ''] = problem.key.split(/[.[]/);
    const field = `layout.${FIELD_OF_KEY[key] ?? key}`;
    return { kind: 'problem', problem: { field, message: problem.message } };
  }
  const tooMany = placedProblem(spec);
  if (tooMany !== null) return { kind: 'problem', problem: tooMany };
  const built = buildLayoutFromSpec(spec, seed);
  if (built.ok) return { kind: 'layout', layout: built.layout };
  return { kind: 'problem', problem: { field: 'layout', message: built.problem.message } };
}

function readNamed(
  name: string,
  loaded: LoadedLayouts,
  known: readonly string[] | null,
): LayoutResult {
  const reading = loaded.get(name);
  if (reading === null || known === null) return { kind: 'loading' };
  if (reading?.ok === true) return { kind: 'layout', layout: reading.layout };
  if (reading === undefined && known.includes(name)) return { kind: 'loading' };
  const guess = `there is no layout ${JSON.stringify(name)}; ${suggestNames(name, known)}`;
  return { kind: 'problem', problem: { field: 'layout', message: reading?.message ?? guess } };
}

/**
 * Reads or builds a layout.
 *
 * @param loaded  Layouts of the catalogue that are here.
 * @param known   Names of the catalogue; null until it is read.
 */
export function readLayoutWords(
  words: LayoutWords,
  loaded: LoadedLayouts,
  known: readonly string[] | null,
): LayoutResult {
  try {
    switch (words.kind) {
      case 'catalogue':
        return readNamed(words.name, loaded, known);
      case 'uniform':
        return buildSpec(specFromUniform(words), wholeNumber('layout.seed', words.seed));
      case 'mixed':
        return buildSpec(specFromMixed(words), wholeNumber('layout.seed', words.seed));
      case 'buddy':
        return buildSpec(specFromBuddy(words), wholeNumber('layout.seed', words.seed));
      case 'rows': {
        const reading = layoutFromRowsText(words.text);
        if (reading.ok) return { kind: 'layout', layout: reading.layout };
        return { kind: 'problem', problem: { field: 'layout', message: reading.message } };
      }
    }
  } catch (error) {
    if (!(error instanceof BadWord)) throw error;
    return { kind: 'problem', problem: { field: error.field, message: error.message } };
  }
}
