import { RACE_FIXES, RACE_MODELS, RACE_REFERENCES, RACE_RULES } from '#core';
import type { RaceModel, RaceSetup } from '#core';

/** What can be set apart from the model; two of them stand side by side. */
export type Setting = Omit<RaceSetup, 'model'>;

export const SIDES = ['main', 'beside'] as const;
export type Side = (typeof SIDES)[number];

/** Where this page stands. */
export type Place = {
  readonly model: RaceModel;
  readonly main: Setting;
  /** The second setting; null where there is only one. */
  readonly beside: Setting | null;
  /** The id of the outcome whose schedule is walked through; null for the one the model is known for. */
  readonly outcome: string | null;
  /** From 0, before anything has happened. */
  readonly step: number;
};

/** The story of 2018, at its beginning. */
export const START: Place = {
  model: 'gup-dma',
  main: { reference: 'get', rules: 'v7.1', fixes: [] },
  beside: null,
  outcome: null,
  step: 0,
};

/** What tells most beside a setting: pins beside plain references, and the other way round. */
export function settingBeside({ reference, rules }: Setting): Setting {
  const isPlain = reference === 'get' || rules === 'none';
  return { reference: isPlain ? 'pin' : 'get', rules: 'v7.1', fixes: [] };
}

/** A setting with a proposal switched on or off; proposals keep their order. */
export function withFix(setting: Setting, fix: Setting['fixes'][number], isOn: boolean): Setting {
  return {
    ...setting,
    fixes: RACE_FIXES.filter((each) => (each === fix ? isOn : setting.fixes.includes(each))),
  };
}

/**
 * Why a part of a setting changes nothing.
 *
 * @returns Null where all of it counts.
 */
export function idleReason({ model, reference }: RaceSetup): string | null {
  if (reference === 'get') {
    return 'Rules and proposals act on pins alone: a plain reference looks like any other.';
  }
  return model === 'fork-cow' ? 'The proposals of 2018 concern pages of files, not these.' : null;
}

/** The arguments of the command line that explores the same race. */
export function commandWords({ model, reference, rules, fixes }: RaceSetup): readonly string[] {
  return [
    ...['race', model, '--reference', reference, '--rules', rules],
    ...fixes.flatMap((fix) => ['--fix', fix]),
  ];
}

/** A setting in a few words. */
export function settingText({ reference, rules, fixes }: Setting): string {
  const parts = [reference, ...(reference === 'get' ? [] : [`rules ${rules}`, ...fixes])];
  return parts.join(' · ');
}

type Query = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>;

function settingQuery(prefix: string, { reference, rules, fixes }: Setting) {
  return {
    [`${prefix}reference`]: reference,
    [`${prefix}rules`]: rules,
    ...(fixes.length === 0 ? {} : { [`${prefix}fix`]: [...fixes] }),
  };
}

/** A place as the query of an address, under the names of the command line. */
export function queryFromPlace({
  model,
  main,
  beside,
  outcome,
  step,
}: Place): Record<string, string | string[]> {
  return {
    model,
    ...settingQuery('', main),
    ...(beside === null ? {} : settingQuery('beside-', beside)),
    ...(outcome === null ? {} : { outcome }),
    ...(step === 0 ? {} : { step: String(step) }),
  };
}

function valuesOf(query: Query, name: string): readonly string[] {
  const value = query[name];
  const values = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === 'string');
}

function oneOf<Name extends string>(found: readonly string[], names: readonly Name[]): Name | null {
  return names.find((name) => name === found[0]) ?? null;
}

function settingFromQuery(query: Query, prefix: string): Setting | null {
  const reference = oneOf(valuesOf(query, `${prefix}reference`), RACE_REFERENCES);
  if (reference === null) return null;
  const asked = valuesOf(query, `${prefix}fix`);
  return {
    reference,
    rules: oneOf(valuesOf(query, `${prefix}rules`), RACE_RULES) ?? 'v7.1',
    fixes: RACE_FIXES.filter((fix) => asked.includes(fix)),
  };
}

/** Reads back what `queryFromPlace` wrote; null for an address that names no model. */
export function placeFromQuery(query: Query): Place | null {
  const model = oneOf(valuesOf(query, 'model'), RACE_MODELS);
  if (model === null) return null;
  const step = valuesOf(query, 'step')[0] ?? '';
  return {
    model,
    main: settingFromQuery(query, '') ?? START.main,
    beside: settingFromQuery(query, 'beside-'),
    outcome: valuesOf(query, 'outcome')[0] ?? null,
    step: /^\d{1,4}$/.test(step) ? Number(step) : 0,
  };
}
