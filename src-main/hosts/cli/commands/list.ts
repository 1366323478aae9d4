import type { Command } from 'commander';
import { POLICIES, POLICY_KEYS, PRESETS } from '#core';
import type { ParameterDescription, PolicyDescription } from '#core';
import { modelFromStored, suggestNames } from '#contract';
import { listCostModels, listExperiments, listLayouts } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { bytesText, countedText } from '../figures.ts';
import { commandLine } from '../invocation.ts';
import { readStoredCostModels } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { print, printJson } from '../output.ts';
import { EXPERIMENTS_FOLDER } from '../places.ts';
import { wrapWords } from '../text-table.ts';

type ListOptions = LibraryOptions & { readonly json?: true };

/** Something that has an id: a line of explanation, and finer points below it. */
type Entry = {
  readonly id: string;
  readonly text: string;
  readonly details: readonly string[];
  /** The same as a value, for `--json`. */
  readonly value: object;
};

function rangeText(values: ParameterDescription['values']): string {
  if ('least' in values) return `${values.least} to ${values.most}`;
  const words = values.map(String);
  return words.length === 1 ? `only ${words.join('')} here` : words.join(', ');
}

function listStrategies(): Entry[] {
  return PRESETS.map(({ id, title, source, parameters }) => ({
    id,
    text: title,
    details: [
      ...parameters.map(
        ({ name, meaning, initial, values }) =>
          `--param ${name}=${String(initial)}  ${meaning} (${rangeText(values)})`,
      ),
      `source: ${source}`,
    ],
    value: { id, title, source, parameters },
  }));
}

function policyDetails({ values }: PolicyDescription): string[] {
  if ('least' in values) return [`${String(values.least)} to ${String(values.most)}`];
  return Object.entries(values).map(([value, meaning]) => `${value}: ${meaning}`);
}

function listPolicies(): Entry[] {
  return POLICY_KEYS.map((id) => ({
    id,
    text: POLICIES[id].meaning,
    details: policyDetails(POLICIES[id]),
    value: { id, ...POLICIES[id] },
  }));
}

async function listLayoutEntries(): Promise<Entry[]> {
  const layouts = await listLayouts(EXPERIMENTS_FOLDER);
  return layouts.map((layout) => {
    const { id, extents, mappedBytes, smallestOrder, largestOrder } = layout;
    const orders =
      smallestOrder === largestOrder
        ? `order ${smallestOrder}`
        : `orders ${smallestOrder} to ${largestOrder}`;
    const text = `${bytesText(mappedBytes)} in ${countedText(extents, 'extent')}, folios of ${orders}`;
    return { id, text, details: [], value: layout };
  });
}

async function listCostModelEntries(options: LibraryOptions): Promise<Entry[]> {
  const builtIn = await listCostModels(EXPERIMENTS_FOLDER);
  const own = await readStoredCostModels(options);
  return [...builtIn, ...own.map(modelFromStored)].map(({ id, title, provenance, error }) => ({
    id,
    text: title,
    details: [provenance, `error: ${error}`],
    value: { id, title, provenance, error },
  }));
}

async function listExperimentEntries(): Promise<Entry[]> {
  const experiments = await listExperiments(EXPERIMENTS_FOLDER);
  return experiments.map((experiment) => ({
    id: experiment.id,
    text: experiment.title,
    details: [experiment.question],
    value: experiment,
  }));
}

type ListFunction = (options: LibraryOptions) => readonly Entry[] | Promise<readonly Entry[]>;

const LISTS: Readonly<Record<string, ListFunction>> = {
  strategies: listStrategies,
  policies: listPolicies,
  layouts: listLayoutEntries,
  'cost-models': listCostModelEntries,
  experiments: listExperimentEntries,
};
const LIST_NAMES = Object.keys(LISTS);

const WIDTH = 100;

function entriesText(entries: readonly Entry[]): string {
  const idWidth = Math.max(...entries.map(({ id }) => id.length)) + 2;
  const indent = ' '.repeat(idWidth);
  return entries
    .map(({ id, text, details }) =>
      [
        wrapWords(`${id.padEnd(idWidth)}${text}`, WIDTH, indent),
        ...details.map((detail) => wrapWords(`${indent}${detail}`, WIDTH, `${indent}  `)),
      ].join('\n'),
    )
    .join('\n');
}

/** The key of a list in its JSON document: `cost-models` is `costModels`. */
function keyOfList(name: string): string {
  return name === 'cost-models' ? 'costModels' : name;
}

async function list(name: string, options: ListOptions): Promise<void> {
  const entriesOf = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (entriesOf === undefined) {
    throw new BadInput(`there is no list "${name}"; ${suggestNames(name, LIST_NAMES)}`);
  }
  const entries = await entriesOf(options);
  if (options.json === true) {
    const values = entries.map(({ value }) => value);
    await printJson({ schema: 'folio-lab/list@1', [keyOfList(name)]: values });
  } else {
    await print(entriesText(entries));
  }
}

/** `list`: everything that has an id, with a line of explanation. */
export function addListCommand(program: Command): void {
  program
    .command('list')
    .summary('every strategy, policy, layout, cost model or experiment, explained')
    .description('Lists every id with a line of explanation.')
    .argument('<what>', LIST_NAMES.join(', '))
    .option('--library <file>', 'whose cost models are listed after the built-in ones')
    .option('--json', 'print one JSON document (folio-lab/list@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('list strategies')}`)
    .action((name: string, options: ListOptions) => list(name, options));
}
