import { requestProblem, resolveStrategy } from '#core';
import type { Api, CostModel, ExplainInput, IoRequest, Layout, Strategy, TracerMode } from '#core';
import { describeValue, suggestNames } from '#contract';
import type { Side } from './address.ts';
import type { Question, StrategyWords } from './question.ts';
import type { FieldProblem, LayoutResult } from './read-layout.ts';
import { entriesProblem, offsetProblem, readRequest } from './read-request.ts';

export const TRACER_MODES: readonly TracerMode[] = ['off', 'function-graph'];

/** What a question means: what can be counted, and what is wrong with the rest. */
export type QuestionReading = {
  /** What to count for each strategy; null where that cannot be done. */
  readonly inputs: Readonly<Record<Side, ExplainInput | null>>;
  readonly problems: readonly FieldProblem[];
  /** Something asked for is still on its way. */
  readonly isLoading: boolean;
};

/** Fields of a strategy, by the first part of the key of its problem. */
const FIELD_OF_GROUP: Readonly<Record<string, string>> = {
  parameters: 'param',
  policies: 'policy',
};

function strategyField(side: Side, key: string): string {
  const [group = '', name] = key.split('.');
  const field = FIELD_OF_GROUP[group];
  if (field === undefined) return side;
  return name === undefined ? `${side}.${field}` : `${side}.${field}.${name}`;
}

function readStrategy(side: Side, words: StrategyWords, api: Api): Strategy | FieldProblem {
  const result = resolveStrategy(words, api);
  if (result.ok) return result.strategy;
  const { key, message } = result.problem;
  return { field: strategyField(side, key), message };
}

function isProblem(value: Strategy | FieldProblem): value is FieldProblem {
  return 'field' in value;
}

function readCostModel(
  id: string,
  models: readonly CostModel[] | null,
): CostModel | FieldProblem | null {
  if (models === null) return null;
  const model = models.find((each) => each.id === id);
  if (model !== undefined) return model;
  const known = models.map((each) => each.id);
  const message = `there is no cost model ${JSON.stringify(id)}; ${suggestNames(id, known)}`;
  return { field: 'cost-model', message };
}

function readTracer(written: string): TracerMode | FieldProblem {
  const mode = TRACER_MODES.find((each) => each === written);
  if (mode !== undefined) return mode;
  const allowed = TRACER_MODES.join(', ');
  return { field: 'tracer', message: `found ${describeValue(written)}; allowed: ${allowed}` };
}

type Parts = {
  readonly layout: Layout | null;
  readonly request: IoRequest | null;
  readonly costModel: CostModel | null;
  readonly tracer: TracerMode | null;
};

/** One strategy on the I/O: what to count, or why it cannot be counted. */
function readSide(
  side: Side,
  words: StrategyWords | null,
  parts: Parts,
): { readonly input: ExplainInput | null; readonly problem: FieldProblem | null } {
  if (words === null) return { input: null, problem: null };
  const strategy = readStrategy(side, words, parts.request?.api ?? 'direct-io');
  if (isProblem(strategy)) return { input: null, problem: strategy };
  const { layout, request, costModel, tracer } = parts;
  if (layout === null || request === null) return { input: null, problem: null };
  const message = requestProblem(layout, request, strategy.policies);
  if (message !== null) return { input: null, problem: { field: `${side}.pages`, message } };
  if (costModel === null || tracer === null) return { input: null, problem: null };
  return { input: { layout, request, strategy, costModel, tracer }, problem: null };
}

/**
 * Reads a question field by field.
 *
 * @param layoutResult  Of `readLayoutWords`.
 * @param models        Cost models of the catalogue; null until it is read.
 */
export function readQuestion(
  question: Question,
  layoutResult: LayoutResult,
  models: readonly CostModel[] | null,
): QuestionReading {
  const layout = layoutResult.kind === 'layout' ? layoutResult.layout : null;
  const { request: readable, problems: requestProblems } = readRequest(question);
  const outside =
    layout === null || readable === null
      ? null
      : (offsetProblem(layout, readable) ?? entriesProblem(layout, readable));
  const request = outside === null ? readable : null;
  const model = readCostModel(question.costModel, models);
  const costModel = model !== null && 'prices' in model ? model : null;
  const tracerReading = readTracer(question.tracer);
  const tracer = typeof tracerReading === 'string' ? tracerReading : null;
  const parts = { layout, request, costModel, tracer };
  const strategy = readSide('strategy', question.strategy, parts);
  const beside = readSide('beside', question.beside, parts);
  const problems = [
    layoutResult.kind === 'problem' ? layoutResult.problem : null,
    ...requestProblems,
    outside,
    model !== null && 'field' in model ? model : null,
    typeof tracerReading === 'string' ? null : tracerReading,
    strategy.problem,
    beside.problem,
  ];
  return {
    inputs: { strategy: strategy.input, beside: beside.input },
    problems: problems.filter((problem) => problem !== null),
    isLoading: layoutResult.kind === 'loading' || models === null,
  };
}
