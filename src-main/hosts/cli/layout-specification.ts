import { buildLayoutFromSpec, LEAF_LEVELS, PAGE_BYTES, PAGE_FLAGS } from '#core';
import type { FrameArrangement, Layout, LayoutSpec, LeafLevel, OrderWeight, PageFlag } from '#core';
import { readSize, suggestNames } from '#contract';
import { BadInput } from './bad-input.ts';

export const SPECIFICATION_FORMS =
  'uniform:size=2MiB,order=5 or mixed:size=64MiB,weights=0:3+5:1';

const KEYS = {
  uniform: ['size', 'order', 'frames', 'leaf', 'misalignment', 'flags', 'seed'],
  mixed: ['size', 'weights', 'frames', 'leaf', 'flags', 'seed'],
} as const;
type Kind = keyof typeof KEYS;

/** Frames are drawn with this seed unless the specification names one, as in an experiment. */
const INITIAL_SEED = '1';

/** Reads the values of one specification, and says which of them is wrong. */
class SpecificationReader {
  private readonly text: string;
  private readonly values: ReadonlyMap<string, string>;

  constructor(text: string, values: ReadonlyMap<string, string>) {
    this.text = text;
    this.values = values;
  }

  refuse(key: string, message: string): never {
    throw new BadInput(`--layout ${this.text}: ${key}: ${message}`);
  }

  textOf(key: string, initial: string): string {
    return this.values.get(key) ?? initial;
  }

  bytesOf(key: string, initial: string | null): number {
    const written = this.values.get(key) ?? initial;
    if (written === null) this.refuse(key, 'is missing; it takes a size such as 2MiB');
    const reading = readSize(written);
    return reading.ok ? reading.value : this.refuse(key, reading.message);
  }

  numberOf(key: string, initial: string): number {
    const written = this.textOf(key, initial);
    if (/^\d{1,15}(\.\d{1,9})?$/.test(written)) return Number(written);
    return this.refuse(key, `found "${written}"; allowed: a number`);
  }

  leafOf(): LeafLevel {
    const written = this.textOf('leaf', 'pte');
    const leaf = LEAF_LEVELS.find((level) => level === written);
    return leaf ?? this.refuse('leaf', `found "${written}"; allowed: ${LEAF_LEVELS.join(', ')}`);
  }

  flagsOf(): PageFlag[] {
    const words = this.textOf('flags', '').split('|').filter((word) => word !== '');
    return words.map(
      (word) =>
        PAGE_FLAGS.find((flag) => flag === word) ??
        this.refuse('flags', `unknown flag "${word}"; ${suggestNames(word, PAGE_FLAGS)}`),
    );
  }

  framesOf(): FrameArrangement {
    const written = this.textOf('frames', 'scattered');
    if (written === 'contiguous' || written === 'scattered') return written;
    const adjacency = Number(written);
    if (written !== '' && adjacency >= 0 && adjacency <= 1) return { adjacency };
    return this.refuse(
      'frames',
      `found "${written}"; allowed: contiguous, scattered, or the probability of adjacency from 0 to 1`,
    );
  }

  weightsOf(): OrderWeight[] {
    const written = this.values.get('weights');
    if (written === undefined) this.refuse('weights', 'is missing; it takes order:weight+order:weight');
    return written.split('+').map((pair) => {
      const match = /^(\d{1,2}):(\d{1,9}(?:\.\d{1,9})?)$/.exec(pair);
      if (match === null) {
        this.refuse('weights', `found "${pair}"; it takes order:weight+order:weight, such as 0:3+5:1`);
      }
      return { order: Number(match[1]), weight: Number(match[2]) };
    });
  }
}

function kindOf(text: string): Kind | null {
  const word = text.slice(0, Math.max(0, text.indexOf(':')));
  return word === 'uniform' || word === 'mixed' ? word : null;
}

/** Whether a layout argument is a specification and not the name of something. */
export function isLayoutSpecification(text: string): boolean {
  return kindOf(text) !== null;
}

function readValues(text: string, kind: Kind): ReadonlyMap<string, string> {
  const known: readonly string[] = KEYS[kind];
  const values = new Map<string, string>();
  for (const part of text.slice(text.indexOf(':') + 1).split(',')) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(0, equals)).trim();
    if (!known.includes(key)) {
      throw new BadInput(`--layout ${text}: unknown key "${key || part}"; ${suggestNames(key, known)}`);
    }
    values.set(key, part.slice(equals + 1).trim());
  }
  return values;
}

function specificationFrom(reader: SpecificationReader, kind: Kind): LayoutSpec {
  const bytes = reader.bytesOf('size', null);
  const frames = reader.framesOf();
  const flags = reader.flagsOf();
  if (kind === 'uniform') {
    const misalignment = reader.bytesOf('misalignment', '0');
    return {
      kind,
      bytes,
      order: reader.numberOf('order', '0'),
      frames,
      leaf: reader.leafOf(),
      misalignmentPages: misalignment / PAGE_BYTES,
      flags,
    };
  }
  const leaf = reader.textOf('leaf', 'pmd');
  if (leaf !== 'pmd' && leaf !== 'pte') {
    reader.refuse('leaf', `found "${leaf}"; allowed: pmd, pte`);
  }
  return { kind, bytes, weights: reader.weightsOf(), frames, leaf, flags };
}

/**
 * Builds the layout that a specification on the command line describes; keys and defaults are those
 * of an experiment file.
 *
 * @param text  `uniform:` or `mixed:` and `key=value` pairs separated by commas.
 * @throws {BadInput} when a key or a value is wrong.
 */
export function layoutFromSpecification(text: string): Layout {
  const kind = kindOf(text) ?? 'uniform';
  const reader = new SpecificationReader(text, readValues(text, kind));
  const seed = reader.numberOf('seed', INITIAL_SEED);
  const result = buildLayoutFromSpec(specificationFrom(reader, kind), seed);
  if (!result.ok) throw new BadInput(`--layout ${text}: ${result.problem.message}`);
  return result.layout;
}
