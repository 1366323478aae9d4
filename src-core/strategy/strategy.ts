import type { Api } from '../counting/request.ts';
import { compositionProblem } from './composition.ts';
import { POLICIES, POLICY_KEYS, isPolicyKey } from './policies.ts';
import type { Policies, PolicyKey, PolicyValue } from './policies.ts';
import { PRESETS, PRESET_IDS } from './presets.ts';
import type { ParameterDescription, Parameters, Preset } from './presets.ts';

/** A strategy as a user writes it: a preset, its parameters, and policies that depart from it. */
export type StrategyRequest = {
  readonly id: string;
  /** How the strategy is called in results; the id and what departs from its defaults otherwise. */
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, PolicyValue>>;
  readonly policies?: Readonly<Record<string, PolicyValue>>;
};

/** A strategy that can be counted. */
export type Strategy = {
  readonly id: string;
  readonly name: string;
  /** Every parameter of the preset. */
  readonly parameters: Parameters;
  /** Policies that the user changed from the preset's. */
  readonly overrides: Readonly<Record<string, PolicyValue>>;
  readonly policies: Policies;
};

/** Where a request is wrong: `key` is a path such as `id`, `parameters.entries` or `policies.add`. */
export type StrategyProblem = { readonly key: string; readonly message: string };
export type StrategyResult =
  | { readonly ok: true; readonly strategy: Strategy }
  | { readonly ok: false; readonly problem: StrategyProblem };

type Allowed = readonly PolicyValue[] | { readonly least: number; readonly most: number };

function describeAllowed(allowed: Allowed): string {
  return 'least' in allowed
    ? `a whole number from ${allowed.least} to ${allowed.most}`
    : allowed.map(String).join(', ');
}

/** Takes numbers and switches as words too: a command line has nothing else. */
function readValue(found: PolicyValue, allowed: Allowed): PolicyValue | null {
  if (!('least' in allowed)) {
    return allowed.find((value) => String(value) === String(found)) ?? null;
  }
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  const isInRange =
    typeof number === 'number' &&
    Number.isInteger(number) &&
    number >= allowed.least &&
    number <= allowed.most;
  return isInRange ? number : null;
}

function readParameters(
  preset: Preset,
  requested: Readonly<Record<string, PolicyValue>>,
): Parameters | StrategyProblem {
  const known = new Map<string, ParameterDescription>(
    preset.parameters.map((parameter) => [parameter.name, parameter]),
  );
  const parameters: Record<string, PolicyValue> = {};
  for (const parameter of preset.parameters) parameters[parameter.name] = parameter.initial;
  for (const [name, found] of Object.entries(requested)) {
    const parameter = known.get(name);
    if (parameter === undefined) {
      const allowed = [...known.keys()].join(', ') || 'none';
      return problem(
        `parameters.${name}`,
        `strategy ${preset.id} has no parameter ${name}; it takes ${allowed}`,
      );
    }
    const value = readValue(found, parameter.values);
    if (value === null) {
      return problem(
        `parameters.${name}`,
        `parameter ${name} of ${preset.id} is ${String(found)}; allowed: ${describeAllowed(parameter.values)}`,
      );
    }
    parameters[name] = value;
  }
  return parameters;
}

function problem(key: string, message: string): StrategyProblem {
  return { key, message };
}

function isProblem(value: object): value is StrategyProblem {
  return 'key' in value && 'message' in value;
}

/** Policies whose words stand for numbers or switches. */
function typedValues(key: PolicyKey): Allowed {
  const { values } = POLICIES[key];
  if ('least' in values && typeof values.least === 'number' && typeof values.most === 'number') {
    return { least: values.least, most: values.most };
  }
  const words = Object.keys(values);
  if (key === 'header') return words.map(Number);
  if (key === 'naturalBoundary' || key === 'prototypeHoles')
    return words.map((word) => word === 'true');
  return words;
}

function readOverrides(
  requested: Readonly<Record<string, PolicyValue>>,
): Readonly<Record<string, PolicyValue>> | StrategyProblem {
  const overrides: Record<string, PolicyValue> = {};
  for (const [key, found] of Object.entries(requested)) {
    if (!isPolicyKey(key)) {
      return problem(
        `policies.${key}`,
        `there is no policy ${key}; allowed: ${POLICY_KEYS.join(', ')}`,
      );
    }
    const allowed = typedValues(key);
    const value = readValue(found, allowed);
    if (value === null) {
      return problem(
        `policies.${key}`,
        `policy ${key} is ${String(found)}; allowed: ${describeAllowed(allowed)}`,
      );
    }
    overrides[key] = value;
  }
  return overrides;
}

function nameOf(preset: Preset, parameters: Parameters, overrides: Parameters): string {
  const changed = preset.parameters
    .filter(({ name, initial, isNamed }) => parameters[name] !== initial || isNamed === true)
    .map(({ name }) => `${name}=${String(parameters[name])}`);
  const composed = Object.entries(overrides).map(([key, value]) => `${key}=${String(value)}`);
  return [preset.id, ...changed, ...composed].join(' ');
}

/**
 * Finds the composition a request means.
 *
 * @param api  Who pins; an API can rule a composition out.
 * @returns The strategy, or the key that is wrong and what is allowed.
 */
export function resolveStrategy(request: StrategyRequest, api: Api): StrategyResult {
  const preset = PRESETS.find((candidate) => candidate.id === request.id);
  if (preset === undefined) {
    const message = `there is no strategy ${request.id}; allowed: ${PRESET_IDS.join(', ')}`;
    return { ok: false, problem: problem('id', message) };
  }
  const parameters = readParameters(preset, request.parameters ?? {});
  if (isProblem(parameters)) return { ok: false, problem: parameters };
  const overrides = readOverrides(request.policies ?? {});
  if (isProblem(overrides)) return { ok: false, problem: overrides };
  const policies: Policies = { ...preset.policies(parameters), ...overrides };
  const reason = compositionProblem(policies, api);
  if (reason !== null) {
    return { ok: false, problem: problem('policies', `${preset.id}: ${reason}`) };
  }
  const name = request.name ?? nameOf(preset, parameters, overrides);
  return { ok: true, strategy: { id: preset.id, name, parameters, overrides, policies } };
}
