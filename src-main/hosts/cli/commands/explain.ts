import type { Command } from 'commander';
import {
  APIS,
  CACHE_STATES,
  chainStrategies,
  explainIo,
  findExtent,
  functionGraphText,
  PAGE_BYTES,
  PRESET_IDS,
  recordFromKeys,
  requestProblem,
  resolveStrategy,
} from '#core';
import type {
  ExplainInput,
  Explanation,
  IoRequest,
  Layout,
  Strategy,
  StrategyProblem,
  TracerMode,
} from '#core';
import { describeValue, explainDocument, nearestName, readSize, SIZE_FORMS } from '#contract';
import type { ExplainContext } from '#contract';
import { collect, readAssignments } from '../assignments.ts';
import { LAYOUT_SPEC_FORMS } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { chainText } from '../chain-text.ts';
import { costModelFromArgument } from '../cost-model-argument.ts';
import { explanationText } from '../explain-text.ts';
import { commandLine } from '../invocation.ts';
import { layoutFromOption } from '../layout-argument.ts';
import type { LibraryOptions } from '../library-access.ts';
import { note, print, printJson } from '../output.ts';

type ExplainOptions = LibraryOptions & {
  readonly layout: string;
  readonly op: string;
  readonly offset: string;
  readonly length: string;
  readonly strategy: string;
  readonly param?: readonly string[];
  readonly policy?: readonly string[];
  readonly path: string;
  readonly caches: string;
  readonly api: string;
  readonly pagesPerCall?: string;
  readonly logicalBlockSize: string;
  readonly costModel: string;
  readonly tracer: string;
  readonly trace?: true;
  readonly chain?: true;
  readonly besideStrategy?: string;
  readonly besideParam?: readonly string[];
  readonly besidePolicy?: readonly string[];
  readonly json?: true;
};

const OPERATIONS = ['read', 'write'] as const;
const PATHS = ['async', 'sync'] as const;
const TRACER_MODES: readonly TracerMode[] = ['off', 'function-graph'];
const LOGICAL_BLOCK = { least: 512, most: 65_536 } as const;
/** One I/O is recorded page by page: this many fit into memory with ease (4 GiB). */
const MOST_PAGES = 1_048_576;
/** As in an experiment that names none. */
const DEFAULT_COST_MODEL = 'textbook';

function readWord<Word extends string>(
  option: string,
  found: string,
  words: readonly Word[],
): Word {
  const word = words.find((candidate) => candidate === found);
  if (word !== undefined) return word;
  throw new BadInput(`${option}: found ${describeValue(found)}; allowed: ${words.join(', ')}`);
}

function readBytes(option: string, found: string): number {
  const reading = readSize(found);
  if (reading.ok) return reading.value;
  throw new BadInput(`${option}: ${reading.message}`);
}

function readLogicalBlock(found: string): number {
  const bytes = readBytes('--logical-block-size', found);
  const isPowerOfTwo = Number.isInteger(Math.log2(bytes));
  if (isPowerOfTwo && bytes >= LOGICAL_BLOCK.least && bytes <= LOGICAL_BLOCK.most) return bytes;
  throw new BadInput(
    `--logical-block-size: found ${describeValue(found)}; allowed: a power of two from 512 to 64KiB`,
  );
}

function readBlocks(option: string, found: string, logicalBlock: number): number {
  const bytes = readBytes(option, found);
  if (bytes % logicalBlock === 0) return bytes;
  throw new BadInput(
    `${option}: ${bytes} bytes is not a multiple of the logical block size, ${logicalBlock} bytes`,
  );
}

function readPagesPerCall(
  found: string | undefined,
  api: IoRequest['api'],
): { pagesPerCall?: number } {
  if (found === undefined) return {};
  if (api !== 'gup-test') throw new BadInput('--pages-per-call: only with --api gup-test');
  const pages = Number(found);
  if (Number.isInteger(pages) && pages >= 1) return { pagesPerCall: pages };
  throw new BadInput(
    `--pages-per-call: found ${describeValue(found)}; allowed: a whole number of at least 1`,
  );
}

function readRequest(options: ExplainOptions): IoRequest {
  const api = readWord('--api', options.api, APIS);
  const logicalBlock = readLogicalBlock(options.logicalBlockSize);
  const length = readBlocks('--length', options.length, logicalBlock);
  if (length === 0)
    throw new BadInput(`--length: found 0; allowed: ${SIZE_FORMS}, at least one block`);
  if (length > MOST_PAGES * PAGE_BYTES) {
    throw new BadInput(
      `--length: found ${describeValue(options.length)}; one I/O is explained up to 4GiB`,
    );
  }
  return {
    api,
    op: readWord('--op', options.op, OPERATIONS),
    offset: readBlocks('--offset', options.offset, logicalBlock),
    length,
    path: readWord('--path', options.path, PATHS),
    caches: readWord('--caches', options.caches, CACHE_STATES),
    ...readPagesPerCall(options.pagesPerCall, api),
  };
}

/** The option a problem of a strategy comes from, by the first part of its key. */
const OPTION_OF_KEY: Readonly<Record<string, string>> = {
  id: 'strategy',
  parameters: 'param',
  policies: 'policy',
};

function strategySentence({ key, message }: StrategyProblem, id: string, prefix: string): string {
  const [group = ''] = key.split('.');
  const nearest = group === 'id' ? nearestName(id, PRESET_IDS) : null;
  const guess = nearest === null ? '' : `; did you mean ${nearest}?`;
  return `${prefix}${OPTION_OF_KEY[group] ?? 'strategy'}: ${message}${guess}`;
}

/** A strategy as its three options say it. */
type StrategyOptions = {
  readonly strategy: string;
  readonly param: readonly string[] | undefined;
  readonly policy: readonly string[] | undefined;
};

/** @param prefix  Of the options: `--`, or what tells those of a second strategy from them. */
function readStrategy(options: StrategyOptions, api: IoRequest['api'], prefix = '--'): Strategy {
  const result = resolveStrategy(
    {
      id: options.strategy,
      parameters: readAssignments(`${prefix}param`, options.param),
      policies: readAssignments(`${prefix}policy`, options.policy),
    },
    api,
  );
  if (result.ok) return result.strategy;
  throw new BadInput(strategySentence(result.problem, options.strategy, prefix));
}

/** The strategy on the other side of the call chain; null where that of the talk will do. */
function readBeside(options: ExplainOptions, api: IoRequest['api']): Strategy | null {
  const { besideStrategy: strategy, besideParam: param, besidePolicy: policy, chain } = options;
  if (strategy === undefined) {
    if (param === undefined && policy === undefined) return null;
    throw new BadInput('--beside-param and --beside-policy need --beside-strategy');
  }
  if (chain !== true) throw new BadInput('--beside-strategy: only with --chain');
  return readStrategy({ strategy, param, policy }, api, '--beside-');
}

/** Offsets count from virtual page 0; beyond the last mapped page there is nothing to explain. */
function checkOffset(layout: Layout, { offset }: IoRequest): void {
  const first = (layout.vaPage.at(0) ?? 0) * PAGE_BYTES;
  const end = ((layout.vaPage.at(-1) ?? 0) + (layout.pages.at(-1) ?? 0)) * PAGE_BYTES;
  if (offset < end) return;
  throw new BadInput(
    `--offset: ${offset} lies beyond the layout; it is mapped from byte ${first} up to byte ${end - 1}`,
  );
}

/** Memory that begins with a gap is a usual mistake with layouts of real processes. */
function noteGap(layout: Layout, { offset }: IoRequest): void {
  const page = Math.floor(offset / PAGE_BYTES);
  const next = layout.vaPage.at(findExtent(layout, page)) ?? 0;
  if (next > page) {
    note(
      `nothing is mapped at offset ${offset}; the next mapped byte is at --offset ${next * PAGE_BYTES}`,
    );
  }
}

async function printExplanation(
  explanation: Explanation,
  context: ExplainContext,
  options: ExplainOptions,
): Promise<void> {
  if (options.json === true) {
    await printJson(explainDocument(explanation, context));
    return;
  }
  const { chain, costModel, trace, layout } = context;
  const text = trace ?? explanationText(explanation, costModel, layout);
  await print(chain === null ? text : chainText(chain, costModel));
}

/** The I/O by what stands before and after the conversion: the strategy asked for, and one beside it. */
function chainOf(input: ExplainInput, beside: Strategy | null): ExplainContext['chain'] {
  const { request, layout, strategy } = input;
  const asked = beside === null ? [strategy] : [strategy, beside];
  const strategies = chainStrategies(asked, request.api);
  for (const { name, policies } of Object.values(strategies)) {
    const problem = requestProblem(layout, request, policies);
    if (problem !== null) throw new BadInput(`--chain: ${name}: ${problem}`);
  }
  return recordFromKeys(['before', 'after'], (side) =>
    explainIo({ ...input, strategy: strategies[side] }),
  );
}

async function explain(options: ExplainOptions): Promise<void> {
  const request = readRequest(options);
  const { param, policy } = options;
  const strategy = readStrategy({ strategy: options.strategy, param, policy }, request.api);
  const beside = readBeside(options, request.api);
  const tracer = readWord('--tracer', options.tracer, TRACER_MODES);
  const costModel = await costModelFromArgument(options.costModel, options);
  const layout = await layoutFromOption(options.layout, options);
  checkOffset(layout, request);
  const problem = requestProblem(layout, request, strategy.policies);
  if (problem !== null) throw new BadInput(`--layout: ${problem}`);
  const input = { layout, request, strategy, costModel, tracer };
  const explanation = explainIo(input);
  const trace = options.trace === true ? functionGraphText(explanation, costModel) : null;
  const chain = options.chain === true ? chainOf(input, beside) : null;
  const context = { layout: options.layout, costModel, trace, chain };
  await printExplanation(explanation, context, options);
  noteGap(layout, request);
}

/** `explain`: one I/O to the last event; a library is opened only for what was imported into it. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('count and price one I/O to the last event')
    .description(
      'Counts and prices one I/O to the last event: what is grabbed, added and released, and what that costs.',
    )
    .requiredOption(
      '--layout <layout>',
      `a CSV file, a layout ("${commandLine('list layouts')}"), library: and the name of an imported one, or a specification (below)`,
    )
    .requiredOption('--op <operation>', 'read (from the device into memory) or write')
    .requiredOption(
      '--offset <bytes>',
      'first byte, counted from virtual page 0; sizes such as 128k',
    )
    .requiredOption('--length <bytes>', 'bytes of the I/O; sizes such as 128k')
    .requiredOption('--strategy <id>', `a strategy ("${commandLine('list strategies')}")`)
    .option('--param <key=value>', 'a parameter of the strategy; repeatable', collect)
    .option('--policy <key=value>', 'a policy that departs from the strategy; repeatable', collect)
    .option('--path <path>', 'async or sync block path', 'async')
    .option('--caches <state>', 'what is in the cache when it begins: hot, evicted or cold', 'hot')
    .option('--api <api>', `who pins: ${APIS.join(', ')}`, 'direct-io')
    .option('--pages-per-call <count>', 'pages that one call of gup_test pins')
    .option('--logical-block-size <bytes>', 'what offset and length are multiples of', '512')
    .option('--cost-model <model>', 'id of a cost model, or a file', DEFAULT_COST_MODEL)
    .option('--library <file>', 'where imported cost models and layouts are looked up')
    .option('--tracer <mode>', `price the tracer too: ${TRACER_MODES.join(' or ')}`, 'off')
    .option('--trace', 'print the calls as function_graph text')
    .option('--chain', 'print the call chain of the 2024 talk, before and after the conversion')
    .option(
      '--beside-strategy <id>',
      'with --chain: what stands on the other side of the conversion',
    )
    .option('--beside-param <key=value>', 'a parameter of that strategy; repeatable', collect)
    .option('--beside-policy <key=value>', 'a policy of that strategy; repeatable', collect)
    .option('--json', 'print one JSON document (folio-lab/explain@1)')
    .addHelpText(
      'after',
      () =>
        `\nLayouts can be specified as ${LAYOUT_SPEC_FORMS.replace(' or mixed', '\n  or mixed')}\n\nExample: ${commandLine('explain --layout thp2m --op write --offset 0 --length 128k --strategy today')}`,
    )
    .action((options: ExplainOptions) => explain(options));
}
