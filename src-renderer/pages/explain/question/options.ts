import { layoutFromWord, wordFromLayout } from './layout-word.ts';
import { QUESTION_DEFAULTS } from './question.ts';
import type { Question, StrategyWords } from './question.ts';

/**
 * One option and its value, named as on the command line. An address of this page and a command line
 * are both a list of them.
 */
export type Option = { readonly name: string; readonly value: string };

/** Options that the command line has no word for: they follow the second strategy. */
const BESIDE_PREFIX = 'beside-';

function assignments(name: string, values: Readonly<Record<string, string>>): Option[] {
  return Object.entries(values).map(([key, value]) => ({ name, value: `${key}=${value}` }));
}

function strategyOptions({ id, parameters, policies }: StrategyWords, prefix: string): Option[] {
  return [
    { name: `${prefix}strategy`, value: id },
    ...assignments(`${prefix}param`, parameters),
    ...assignments(`${prefix}policy`, policies),
  ];
}

/** Options that may be left out, with what that means. */
function optionalOptions(question: Question): Option[] {
  const isPortioned = question.api === 'gup-test';
  const all = [
    { name: 'api', value: question.api, initial: QUESTION_DEFAULTS.api },
    { name: 'path', value: question.path, initial: QUESTION_DEFAULTS.path },
    { name: 'caches', value: question.caches, initial: QUESTION_DEFAULTS.caches },
    // Only gup_test pins in portions; the command line takes the option with no other API.
    { name: 'pages-per-call', value: isPortioned ? question.pagesPerCall : '', initial: '' },
    { name: 'cost-model', value: question.costModel, initial: QUESTION_DEFAULTS.costModel },
    { name: 'tracer', value: question.tracer, initial: QUESTION_DEFAULTS.tracer },
  ];
  return all
    .filter(({ value, initial }) => value !== initial)
    .map(({ name, value }) => ({ name, value }));
}

/** Everything that is asked about one strategy, as options of `explain`. */
export function optionsFromQuestion(question: Question): readonly Option[] {
  return [
    { name: 'layout', value: wordFromLayout(question.layout) },
    { name: 'op', value: question.operation },
    { name: 'offset', value: question.offset },
    { name: 'length', value: question.length },
    ...strategyOptions(question.strategy, ''),
    ...optionalOptions(question),
  ];
}

/** The second strategy, as options that only an address has. */
export function besideOptions(question: Question): readonly Option[] {
  return question.beside === null ? [] : strategyOptions(question.beside, BESIDE_PREFIX);
}

function lastOf(options: readonly Option[], name: string): string | undefined {
  return options.findLast((option) => option.name === name)?.value;
}

function assigned(options: readonly Option[], name: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const option of options) {
    if (option.name !== name) continue;
    const equals = option.value.indexOf('=');
    if (equals < 1) continue;
    values[option.value.slice(0, equals).trim()] = option.value.slice(equals + 1).trim();
  }
  return values;
}

function strategyFrom(options: readonly Option[], prefix: string): StrategyWords | null {
  const id = lastOf(options, `${prefix}strategy`);
  if (id === undefined) return null;
  return {
    id,
    parameters: assigned(options, `${prefix}param`),
    policies: assigned(options, `${prefix}policy`),
  };
}

/**
 * Reads options back. What is not said has its default, what is not known is left out, and what makes
 * no sense is kept as it stands, to be marked at its field.
 *
 * @returns Null when no layout is named: then there is no question.
 */
export function questionFromOptions(options: readonly Option[]): Question | null {
  const layout = lastOf(options, 'layout');
  if (layout === undefined) return null;
  return {
    layout: layoutFromWord(layout),
    api: lastOf(options, 'api') ?? QUESTION_DEFAULTS.api,
    operation: lastOf(options, 'op') ?? QUESTION_DEFAULTS.operation,
    path: lastOf(options, 'path') ?? QUESTION_DEFAULTS.path,
    caches: lastOf(options, 'caches') ?? QUESTION_DEFAULTS.caches,
    offset: lastOf(options, 'offset') ?? QUESTION_DEFAULTS.offset,
    length: lastOf(options, 'length') ?? QUESTION_DEFAULTS.length,
    pagesPerCall: lastOf(options, 'pages-per-call') ?? QUESTION_DEFAULTS.pagesPerCall,
    strategy: strategyFrom(options, '') ?? QUESTION_DEFAULTS.strategy,
    beside: strategyFrom(options, BESIDE_PREFIX),
    costModel: lastOf(options, 'cost-model') ?? QUESTION_DEFAULTS.costModel,
    tracer: lastOf(options, 'tracer') ?? QUESTION_DEFAULTS.tracer,
  };
}
