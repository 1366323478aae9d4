import { besideOptions, optionsFromQuestion, questionFromOptions } from './options.ts';
import type { Option } from './options.ts';
import type { Question } from './question.ts';

/** What of the answer is looked at. */
export const VIEWS = ['steps', 'ledger', 'calls', 'flame', 'chain', 'vectors', 'trace'] as const;
export type View = (typeof VIEWS)[number];

/** Where this page stands: what is explained, which strategy is walked through, and how far. */
export type Place = {
  readonly question: Question;
  readonly view: View;
  readonly side: Side;
  /** From 0. */
  readonly step: number;
  /** The imported trace that stands beside the model, by the id of its measurement. */
  readonly trace: string | null;
};
export type Side = 'strategy' | 'beside';

type Query = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>;

/** A place as the query of an address; a name given several times has a list. */
export function queryFromPlace({
  question,
  view,
  side,
  step,
  trace,
}: Place): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const options: Option[] = [...optionsFromQuestion(question), ...besideOptions(question)];
  if (view !== 'steps') options.push({ name: 'view', value: view });
  if (side === 'beside') options.push({ name: 'side', value: side });
  if (step > 0) options.push({ name: 'step', value: String(step) });
  if (trace !== null) options.push({ name: 'trace', value: trace });
  for (const { name, value } of options) {
    const known = query[name];
    if (known === undefined) query[name] = value;
    else query[name] = [...(typeof known === 'string' ? [known] : known), value];
  }
  return query;
}

function optionsFromQuery(query: Query): Option[] {
  return Object.entries(query).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return values
      .filter((each) => typeof each === 'string')
      .map((each: string) => ({ name, value: each }));
  });
}

function stepFrom(value: string | undefined): number {
  return value !== undefined && /^\d{1,7}$/.test(value) ? Number(value) : 0;
}

/** Reads back what `queryFromPlace` wrote; null for an address that asks nothing. */
export function placeFromQuery(query: Query): Place | null {
  const options = optionsFromQuery(query);
  const question = questionFromOptions(options);
  if (question === null) return null;
  const valueOf = (name: string): string | undefined =>
    options.find((option) => option.name === name)?.value;
  const side = valueOf('side') === 'beside' && question.beside !== null ? 'beside' : 'strategy';
  const view = VIEWS.find((each) => each === valueOf('view')) ?? 'steps';
  const trace = valueOf('trace') ?? null;
  return { question, view, side, step: stepFrom(valueOf('step')), trace };
}
