import { buildLayoutFromSpec, LEAF_LEVELS, PAGE_BYTES, PAGE_FLAGS } from '#core';
import type { FrameArrangement, Layout, LayoutSpec, LeafLevel, OrderWeight, PageFlag } from '#core';
import { readSize, suggestNames } from '#contract';
import type { Found } from './catalogue-folder.ts';

/** What a specification of a layout looks like, for messages and help. */
export const LAYOUT_SPEC_FORMS =
  'uniform:SIZE[,order=N][,frames=contiguous|scattered|PROBABILITY][,leaf=pte|pmd|pud][,misalignment=SIZE][,flags=A|B][,seed=N] ' +
  'or mixed:SIZE,weights=ORDER:WEIGHT+ORDER:WEIGHT[,frames=…][,leaf=pmd|pte][,flags=…][,seed=N] ' +
  'or buddy:SIZE[,orders=N+N][,zone=SIZE][,occupancy=SHARE][,fragmentation=SHARE][,misalignment=SIZE][,flags=…][,seed=N]';

const KEYS = {
  uniform: ['size', 'order', 'frames', 'leaf', 'misalignment', 'flags', 'seed'],
  mixed: ['size', 'weights', 'frames', 'leaf', 'flags', 'seed'],
  buddy: ['size', 'orders', 'zone', 'occupancy', 'fragmentation', 'misalignment', 'flags', 'seed'],
} as const;
type Kind = keyof typeof KEYS;

/** A value that a specification cannot have; caught where the specification is read. */
class BadValue extends Error {}

function kindOf(text: string): Kind | null {
  const word = text.slice(0, Math.max(0, text.indexOf(':')));
  return word === 'uniform' || word === 'mixed' || word === 'buddy' ? word : null;
}

/** Whether an argument is a specification, and not the name of a layout or file. */
export function isLayoutSpec(text: string): boolean {
  return kindOf(text) !== null;
}

/** Splits `64MiB,order=5` into values by key; the first may go without its key, `size`. */
function readValues(text: string, kind: Kind): ReadonlyMap<string, string> {
  const known: readonly string[] = KEYS[kind];
  const values = new Map<string, string>();
  const parts = text.slice(text.indexOf(':') + 1).split(',');
  for (const [index, part] of parts.entries()) {
    const equals = part.indexOf('=');
    const isBareSize = index === 0 && equals < 0 && part.trim() !== '';
    const key = isBareSize ? 'size' : part.slice(0, Math.max(0, equals)).trim();
    if (!known.includes(key)) {
      throw new BadValue(
        `unknown key ${JSON.stringify(key === '' ? part : key)}; ${suggestNames(key, known)}`,
      );
    }
    if (values.has(key)) throw new BadValue(`${key} is given twice; once is allowed`);
    values.set(key, part.slice(equals + 1).trim());
  }
  return values;
}

function readBytes(key: string, written: string | undefined): number {
  if (written === undefined) throw new BadValue(`${key} is missing; it takes a size such as 64MiB`);
  const reading = readSize(written);
  if (!reading.ok) throw new BadValue(`${key}: ${reading.message}`);
  return reading.value;
}

function readNumber(key: string, written: string): number {
  if (/^\d{1,15}(\.\d{1,9})?$/.test(written)) return Number(written);
  throw new BadValue(`${key}: found ${JSON.stringify(written)}; allowed: a number`);
}

function readWord<Word extends string>(key: string, written: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === written);
  if (word !== undefined) return word;
  throw new BadValue(`${key}: found ${JSON.stringify(written)}; allowed: ${words.join(', ')}`);
}

function readFrames(written: string): FrameArrangement {
  if (written === 'contiguous' || written === 'scattered') return written;
  const adjacency = Number(written);
  if (written !== '' && adjacency >= 0 && adjacency <= 1) return { adjacency };
  throw new BadValue(
    `frames: found ${JSON.stringify(written)}; allowed: contiguous, scattered, or the probability of adjacency from 0 to 1`,
  );
}

function readFlags(written: string): PageFlag[] {
  const words = written.split('|').filter((word) => word !== '');
  return words.map((word) => readWord('flags', word, PAGE_FLAGS));
}

function readWeights(written: string | undefined): OrderWeight[] {
  const form = 'order:weight+order:weight, such as 0:3+5:1';
  if (written === undefined) throw new BadValue(`weights is missing; it takes ${form}`);
  return written.split('+').map((pair) => {
    const [, order, weight] = /^(\d{1,2}):(\d{1,9}(?:\.\d{1,9})?)$/.exec(pair) ?? [];
    if (order === undefined || weight === undefined) {
      throw new BadValue(`weights: found ${JSON.stringify(pair)}; it takes ${form}`);
    }
    return { order: Number(order), weight: Number(weight) };
  });
}

function readOrders(written: string): number[] {
  if (written === '') return [];
  return written.split('+').map((order) => readNumber('orders', order));
}

function buddyFromValues(values: ReadonlyMap<string, string>): LayoutSpec {
  return {
    kind: 'buddy',
    bytes: readBytes('size', values.get('size')),
    enabledOrders: readOrders(values.get('orders') ?? ''),
    zoneBytes: readBytes('zone', values.get('zone') ?? '1GiB'),
    occupancy: readNumber('occupancy', values.get('occupancy') ?? '0.5'),
    fragmentation: readNumber('fragmentation', values.get('fragmentation') ?? '0.5'),
    misalignmentPages: readBytes('misalignment', values.get('misalignment') ?? '0') / PAGE_BYTES,
    flags: readFlags(values.get('flags') ?? ''),
  };
}

function specFromValues(kind: Kind, values: ReadonlyMap<string, string>): LayoutSpec {
  if (kind === 'buddy') return buddyFromValues(values);
  const bytes = readBytes('size', values.get('size'));
  const frames = readFrames(values.get('frames') ?? 'scattered');
  const flags = readFlags(values.get('flags') ?? '');
  if (kind === 'mixed') {
    const leaf = readWord('leaf', values.get('leaf') ?? 'pmd', ['pmd', 'pte'] as const);
    return { kind, bytes, weights: readWeights(values.get('weights')), frames, leaf, flags };
  }
  const order = readNumber('order', values.get('order') ?? '0');
  const leaf: LeafLevel = readWord('leaf', values.get('leaf') ?? 'pte', LEAF_LEVELS);
  const misalignment = readBytes('misalignment', values.get('misalignment') ?? '0');
  return { kind, bytes, order, frames, leaf, misalignmentPages: misalignment / PAGE_BYTES, flags };
}

/**
 * Builds the layout that a specification describes: `LAYOUT_SPEC_FORMS`. Keys, units and defaults are
 * those of an experiment file; without `seed` frames are drawn with seed 1, as in one.
 */
export function layoutFromSpecText(text: string): Found<Layout> {
  const kind = kindOf(text);
  try {
    if (kind === null) throw new BadValue(`allowed: ${LAYOUT_SPEC_FORMS}`);
    const values = readValues(text, kind);
    const seed = readNumber('seed', values.get('seed') ?? '1');
    const built = buildLayoutFromSpec(specFromValues(kind, values), seed);
    if (built.ok) return { ok: true, value: built.layout };
    throw new BadValue(built.problem.message);
  } catch (error) {
    if (error instanceof BadValue) return { ok: false, message: `${text}: ${error.message}` };
    throw error;
  }
}
