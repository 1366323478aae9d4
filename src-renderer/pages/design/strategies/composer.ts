import { compositionProblem, POLICIES, POLICY_KEYS, PRESETS, resolveStrategy } from '#core';
import type { Api, Policies, PolicyKey, PolicyValue } from '#core';
import { entriesAt, valueAt } from '../draft/draft-path.ts';

/** One value a policy can have. */
export type PolicyChoice = {
  readonly value: PolicyValue;
  readonly meaning: string;
  /** Why the composition would not work with it; null where it would. */
  readonly problem: string | null;
};

/** One policy of a composition. */
export type PolicyRow = {
  readonly key: PolicyKey;
  readonly meaning: string;
  /** Empty for a number. */
  readonly choices: readonly PolicyChoice[];
  readonly range: { readonly least: number; readonly most: number } | null;
  /** What holds: the own value, or that of the preset. */
  readonly value: PolicyValue;
  readonly presetValue: PolicyValue;
  readonly isOwn: boolean;
  /** Whether the composition looks at it at all. */
  readonly isUsed: boolean;
  /** Whether it takes part in the contradiction. */
  readonly isContradicting: boolean;
};

export type Composition = {
  readonly rows: readonly PolicyRow[];
  /** Why it cannot work, null when it can. */
  readonly problem: string | null;
};

/** Policies as a reader meets them along the way of one I/O. */
export const POLICY_GROUPS: readonly {
  readonly title: string;
  readonly keys: readonly PolicyKey[];
}[] = [
  { title: 'Kernel and walk', keys: ['era', 'walk', 'step', 'fallback'] },
  {
    title: 'References',
    keys: ['grab', 'devmap', 'kind', 'readOnlyPins', 'bookkeeping', 'references', 'visit'],
  },
  { title: 'Result', keys: ['result', 'callers', 'prototypeHoles'] },
  {
    title: 'Its memory',
    keys: [
      'memory',
      'entries',
      'growth',
      'header',
      'threshold',
      'unit',
      'pages',
      'naturalBoundary',
    ],
  },
  { title: 'Bio and release', keys: ['add', 'release'] },
];

function hasFastWalk(walk: Policies['walk']): boolean {
  return walk === 'fast' || walk === 'fast-2008';
}

/** When a policy matters; the others always do. */
const USED_WHEN: Partial<Record<PolicyKey, (policies: Policies) => boolean>> = {
  step: ({ walk, fallback, grab }) =>
    grab !== 'per-run' && (walk === 'locked' || (hasFastWalk(walk) && fallback !== 'none')),
  fallback: ({ walk }) => hasFastWalk(walk),
  devmap: ({ walk, grab }) => hasFastWalk(walk) && grab !== 'per-run',
  readOnlyPins: ({ kind }) => kind === 'pin',
  bookkeeping: ({ kind }) => kind === 'pin',
  callers: ({ result }) => result !== 'page-pointers',
  prototypeHoles: ({ result, grab, visit }) =>
    result === 'folio-range' && grab === 'per-run' && visit === 'each',
  growth: ({ memory }) => memory === 'callee-grow',
  references: ({ grab }) => grab === 'per-run',
  visit: ({ grab }) => grab === 'per-run',
  entries: ({ memory }) => memory === 'stack' || memory === 'callee-grow',
  header: ({ memory }) => memory === 'stack',
  threshold: ({ memory }) => memory === 'threshold',
  unit: ({ memory }) => memory === 'threshold',
  pages: ({ memory }) => memory === 'page-chain',
  naturalBoundary: ({ memory }) => memory === 'page-chain',
};

type Values = Readonly<Record<string, PolicyValue>>;

function valuesAt(request: unknown, key: string): Values {
  const plain = entriesAt(request, [key]).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, value] as const]
      : [],
  );
  return Object.fromEntries(plain);
}

/** Values of a policy as the core has them: words, the numbers 0 and 8, true and false. */
function typedValues(key: PolicyKey): readonly PolicyValue[] {
  const { values } = POLICIES[key];
  if ('least' in values) return [];
  const isSwitch = Object.hasOwn(values, 'true');
  return Object.keys(values).map((word) => {
    if (key === 'header') return Number(word);
    return isSwitch ? word === 'true' : word;
  });
}

/** The composition with one policy changed. */
function withPolicy(policies: Policies, key: PolicyKey, value: PolicyValue): Policies {
  return { ...policies, [key]: value };
}

/** The composition of a preset alone; parameters with mistakes are as if they were not there. */
function presetPolicies(id: string, parameters: Values): Policies | null {
  const resolved = resolveStrategy({ id, parameters }, 'direct-io');
  if (resolved.ok) return resolved.strategy.policies;
  const preset = PRESETS.find((candidate) => candidate.id === id);
  if (preset === undefined) return null;
  return preset.policies(
    Object.fromEntries(preset.parameters.map(({ name, initial }) => [name, initial])),
  );
}

function problemUnder(policies: Policies, apis: readonly Api[]): string | null {
  for (const api of apis) {
    const problem = compositionProblem(policies, api);
    if (problem !== null) return apis.length > 1 ? `${problem} (api ${api})` : problem;
  }
  return null;
}

function meaningOf(key: PolicyKey, value: PolicyValue): string {
  const { values } = POLICIES[key];
  if ('least' in values) return '';
  return Object.entries(values).find(([word]) => word === String(value))?.[1] ?? '';
}

function rangeOf(key: PolicyKey): PolicyRow['range'] {
  const { least, most } = POLICIES[key].values;
  return typeof least === 'number' && typeof most === 'number' ? { least, most } : null;
}

/**
 * Takes a written strategy apart into policies, with what each value would do to the whole.
 *
 * @param request  As the draft has it, mistakes and all.
 * @param apis     Under which the composition has to work.
 * @returns Null for an unknown preset.
 */
export function composeStrategy(request: unknown, apis: readonly Api[]): Composition | null {
  const own = valuesAt(request, 'policies');
  const preset = presetPolicies(String(valueAt(request, ['id'])), valuesAt(request, 'parameters'));
  if (preset === null) return null;
  let policies = preset;
  for (const key of POLICY_KEYS) {
    const written = own[key];
    const range = rangeOf(key);
    const value =
      range === null
        ? typedValues(key).find((known) => String(known) === String(written))
        : Number.isInteger(Number(written)) &&
            Number(written) >= range.least &&
            Number(written) <= range.most
          ? Number(written)
          : undefined;
    if (written !== undefined && value !== undefined) policies = withPolicy(policies, key, value);
  }
  const problem = problemUnder(policies, apis);
  const rows = POLICY_KEYS.map((key): PolicyRow => {
    const choices = typedValues(key).map((value) => ({
      value,
      meaning: meaningOf(key, value),
      problem: problemUnder(withPolicy(policies, key, value), apis),
    }));
    return {
      key,
      meaning: POLICIES[key].meaning,
      choices,
      range: rangeOf(key),
      value: own[key] !== undefined && rangeOf(key) !== null ? own[key] : policies[key],
      presetValue: preset[key],
      isOwn: own[key] !== undefined,
      isUsed: USED_WHEN[key]?.(policies) ?? true,
      isContradicting: problem !== null && takesPart(key, choices, problem),
    };
  });
  return { rows, problem };
}

/** A policy takes part when another value of it would end the contradiction, or the reason names it. */
function takesPart(key: PolicyKey, choices: readonly PolicyChoice[], problem: string): boolean {
  const isNamed = problem.includes(`${key}=`);
  return isNamed || choices.some((choice) => choice.problem === null);
}
