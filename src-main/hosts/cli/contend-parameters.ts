import { recordFromKeys } from '#core';
import { describeValue, readTime, suggestNames, TIME_FORMS, timeText } from '#contract';
import { BadInput } from './bad-input.ts';

/** What a parameter may be. Unit of a time: nanoseconds. */
type Range = {
  readonly kind: 'whole' | 'time' | 'share';
  readonly least: number;
  readonly most: number;
};

type Parameter = Range & { readonly meaning: string };

const whole = (least: number, most: number, meaning: string): Parameter => {
  return { kind: 'whole', least, most, meaning };
};
const share = (meaning: string): Parameter => ({ kind: 'share', least: 0, most: 1, meaning });
const time = (meaning: string): Parameter => {
  return { kind: 'time', least: 0, most: 1_000_000_000, meaning };
};
const price = (meaning: string): Parameter => ({ ...time(meaning), most: 1_000_000 });

const PARAMETERS = {
  threads: whole(1, 256, 'threads that pin, each on a processor of its own'),
  pagesPerPin: whole(1, 4096, 'pages of 4 KiB that a pin takes'),
  folioOrder: whole(0, 18, 'of the folios that the pinners share: 0 is a page, 9 is 2 MiB'),
  workNs: time('what a processor does beside each pin'),
  faultsPerPin: share('page faults for each pin'),
  mapsPerPin: share('changes of the address space for each pin'),
  absentPerPin: share('pins that meet an absent page and go the slow way'),
  callNs: time('own time of a walk, whatever its pages'),
  pageNs: time('own time of a page; for pinners without its three locked operations'),
  restNs: time('what follows the walk, with interrupts on'),
  betweenNs: time('from one pin to the next: releasing'),
  beforeNs: time('what munmap takes before it interrupts the others'),
  afterNs: time('what munmap takes after their answers'),
  coresPerSocket: whole(1, 256, 'processors that follow each other on a socket'),
  local: price('a locked operation on a line that this processor had last'),
  otherCore: price('on one that another processor of the socket had'),
  otherSocket: price('on one that another socket had'),
  wakeNs: price('from the release of mmap_lock to when a sleeper goes on'),
  deliverNs: price('an interrupt on its way'),
  handleNs: price('answering an interrupt'),
  measuredNs: { ...time('how long the threads are watched'), least: 1_000_000, most: 1e10 },
  seed: whole(0, Number.MAX_SAFE_INTEGER, 'another one draws other times'),
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof PARAMETERS;
/** Parameters by name. Unit of times and prices: nanoseconds. */
export type ParameterValues<Name extends ParameterName> = Readonly<Record<Name, number>>;

/** The names of values, in their order. */
export function namesOf<Name extends ParameterName>(values: ParameterValues<Name>): Name[] {
  return Object.keys(values).filter((key): key is Name => Object.hasOwn(values, key));
}

function allowedText({ kind, least, most }: Range): string {
  if (kind === 'time') return `${TIME_FORMS}, from ${timeText(least)} to ${timeText(most)}`;
  const end = most === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : String(most);
  return `a ${kind === 'whole' ? 'whole ' : ''}number from ${least} to ${end}`;
}

/** A number that is written as one, or NaN. */
function numberFrom(written: string, { kind }: Range): number {
  if (kind === 'time') {
    const reading = readTime(written);
    return reading.ok ? reading.value : NaN;
  }
  const form = kind === 'whole' ? /^\d{1,16}$/ : /^\d{1,9}(\.\d{1,15})?$/;
  return form.test(written) ? Number(written) : NaN;
}

/**
 * Takes what was set over what is there unless set.
 *
 * @param asked  As it was typed, by name.
 * @throws {BadInput} with a sentence for each unknown name and each value out of range.
 */
export function readParameters<Name extends ParameterName>(
  initial: ParameterValues<Name>,
  asked: Readonly<Record<string, string>>,
): ParameterValues<Name> {
  const names = namesOf(initial);
  const mistakes = Object.keys(asked)
    .filter((key) => !Object.hasOwn(initial, key))
    .map((key) => `--set: found ${describeValue(key)}; ${suggestNames(key, names)}`);
  const values = recordFromKeys(names, (name) => {
    const written = asked[name];
    if (written === undefined) return initial[name];
    const range = PARAMETERS[name];
    const value = numberFrom(written, range);
    if (value >= range.least && value <= range.most) return value;
    const found = describeValue(written);
    mistakes.push(`--set ${name}: found ${found}; allowed: ${allowedText(range)}`);
    return NaN;
  });
  if (mistakes.length > 0) throw new BadInput(...mistakes);
  return values;
}

/** The names of all parameters with their meaning, a line each. */
export function parametersText(): string {
  const entries = Object.entries<Parameter>(PARAMETERS);
  return entries.map(([name, { meaning }]) => `  ${name.padEnd(16)}${meaning}`).join('\n');
}
