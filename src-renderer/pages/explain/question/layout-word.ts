import { BUDDY_DEFAULTS, MIXED_DEFAULTS, UNIFORM_DEFAULTS } from './question.ts';
import type { BuddyWords, LayoutWords, MixedWords, UniformWords } from './question.ts';

const UNIFORM_KEYS = ['order', 'frames', 'leaf', 'misalignment', 'flags', 'seed'] as const;
const MIXED_KEYS = ['weights', 'frames', 'leaf', 'flags', 'seed'] as const;
const BUDDY_KEYS = [
  'orders',
  'zone',
  'occupancy',
  'fragmentation',
  'misalignment',
  'flags',
  'seed',
] as const;
/** Weights have no default: a specification always gives them. */
const ALWAYS_WRITTEN: readonly string[] = ['weights'];

function specWord<Key extends string>(
  kind: string,
  words: Readonly<Record<Key | 'size', string>>,
  defaults: Readonly<Record<Key, string>>,
  keys: readonly Key[],
): string {
  const given = keys
    .filter((key) => words[key] !== defaults[key] || ALWAYS_WRITTEN.includes(key))
    .map((key) => `,${key}=${words[key]}`);
  return `${kind}:${words.size}${given.join('')}`;
}

/** Rows on one line, as an address can hold them. */
function rowsWord(text: string): string {
  const rows = text.split('\n').map((row) => row.trim());
  return `rows:${rows.filter((row) => row !== '').join(';')}`;
}

/**
 * A layout as one word: what `--layout` takes, but for rows, which no command line has a word for.
 */
export function wordFromLayout(layout: LayoutWords): string {
  switch (layout.kind) {
    case 'catalogue':
      return layout.name;
    case 'uniform':
      return specWord('uniform', layout, UNIFORM_DEFAULTS, UNIFORM_KEYS);
    case 'mixed':
      return specWord('mixed', layout, MIXED_DEFAULTS, MIXED_KEYS);
    case 'buddy':
      return specWord('buddy', layout, BUDDY_DEFAULTS, BUDDY_KEYS);
    case 'rows':
      return rowsWord(layout.text);
  }
}

/** Splits `64MiB,order=5` into values by key; null where a key is unknown or given twice. */
function readValues(
  text: string,
  known: readonly string[],
): Readonly<Record<string, string>> | null {
  const values: Record<string, string> = {};
  for (const [index, part] of text.split(',').entries()) {
    const equals = part.indexOf('=');
    const isBareSize = index === 0 && equals < 0;
    const key = isBareSize ? 'size' : part.slice(0, Math.max(0, equals)).trim();
    if (!known.includes(key) || values[key] !== undefined) return null;
    values[key] = part.slice(equals + 1).trim();
  }
  return values;
}

function uniformFromText(text: string): UniformWords | null {
  const values = readValues(text, ['size', ...UNIFORM_KEYS]);
  return values === null ? null : { ...UNIFORM_DEFAULTS, size: '', ...values };
}

function mixedFromText(text: string): MixedWords | null {
  const values = readValues(text, ['size', ...MIXED_KEYS]);
  return values === null ? null : { ...MIXED_DEFAULTS, size: '', weights: '', ...values };
}

function buddyFromText(text: string): BuddyWords | null {
  const values = readValues(text, ['size', ...BUDDY_KEYS]);
  return values === null ? null : { ...BUDDY_DEFAULTS, size: '', ...values };
}

function specFromWord(word: string): LayoutWords | null {
  const colon = word.indexOf(':');
  const text = word.slice(colon + 1);
  switch (word.slice(0, Math.max(0, colon))) {
    case 'uniform':
      return uniformFromText(text);
    case 'mixed':
      return mixedFromText(text);
    case 'buddy':
      return buddyFromText(text);
    case 'rows':
      return { kind: 'rows', text: text.replaceAll(';', '\n') };
    default:
      return null;
  }
}

/** Reads back a word of `wordFromLayout`; a word that is no specification names a layout. */
export function layoutFromWord(word: string): LayoutWords {
  return specFromWord(word) ?? { kind: 'catalogue', name: word };
}
