import { z } from 'zod';
import { APIS, POLICY_KEYS, PRESET_IDS, resolveStrategy } from '#core';
import type { Api, PolicyValue, Strategy, StrategyProblem, StrategyRequest } from '#core';
import type { DeepReadonly } from '../deep-readonly.ts';
import { nearestName } from '../nearest-name.ts';
import { allowing, closedMap, textLine } from '../schema-parts.ts';

const valueSchema = z.union(
  [z.string(), z.number(), z.boolean()],
  allowing('a word, a number, true or false'),
);
const valuesSchema = z.record(z.string(), valueSchema, allowing('a map of names to values'));

/** Everything wrong with a request; each mistake is left out of the next try, so that all are found. */
export function strategyProblems(request: StrategyRequest, api: Api): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  const parameters: Record<string, PolicyValue> = { ...request.parameters };
  const policies: Record<string, PolicyValue> = { ...request.policies };
  for (;;) {
    const result = resolveStrategy({ ...request, parameters, policies }, api);
    if (result.ok) return problems;
    problems.push(result.problem);
    const [group, name] = splitKey(result.problem.key);
    const values = group === 'parameters' ? parameters : policies;
    if (name === null || !Object.hasOwn(values, name)) return problems;
    Reflect.deleteProperty(values, name);
  }
}

/** `parameters.entries` is the group `parameters` and the name `entries`; `id` has no name. */
function splitKey(key: string): readonly [string, string | null] {
  const dot = key.indexOf('.');
  return dot < 0 ? [key, null] : [key.slice(0, dot), key.slice(dot + 1)];
}

/** Whether a problem is about the whole composition, which the API can change. */
export function isCompositionProblem(problem: StrategyProblem): boolean {
  return problem.key === 'policies';
}

function suggestPreset(problem: StrategyProblem, id: string): string {
  const nearest = problem.key === 'id' ? nearestName(id, PRESET_IDS) : null;
  return nearest === null ? problem.message : `${problem.message}; did you mean ${nearest}?`;
}

/** A strategy of an experiment: a preset, its parameters, and policies that depart from it. */
export const strategySchema = closedMap({
  id: textLine(`one of ${PRESET_IDS.join(', ')}`)
    .meta({ enum: [...PRESET_IDS] })
    .describe('the preset it is made from'),
  name: z.exactOptional(textLine('the name results carry')),
  parameters: z.exactOptional(valuesSchema.describe('parameters of the preset')),
  policies: z.exactOptional(
    valuesSchema
      .meta({ propertyNames: { enum: [...POLICY_KEYS] } })
      .describe('policies that depart from the preset'),
  ),
}).superRefine((request, context) => {
  for (const problem of strategyProblems(request, APIS[0])) {
    // Compositions are judged later, under the APIs that the experiment really uses.
    if (isCompositionProblem(problem)) continue;
    const path = splitKey(problem.key).filter((part) => part !== null);
    context.addIssue({ code: 'custom', path, message: suggestPreset(problem, request.id) });
  }
});

export type StrategyOfFile = DeepReadonly<z.output<typeof strategySchema>>;

/** The name a strategy goes by in results; null when it cannot be composed under any API. */
export function strategyName(request: StrategyRequest): string | null {
  if (request.name !== undefined) return request.name;
  return (
    APIS.map((api) => strategyOrNull(request, api)).find((each) => each !== null)?.name ?? null
  );
}

function strategyOrNull(request: StrategyRequest, api: Api): Strategy | null {
  const result = resolveStrategy(request, api);
  return result.ok ? result.strategy : null;
}
