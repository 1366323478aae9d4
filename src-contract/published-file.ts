import { z } from 'zod';
import { APIS, PHASES, PRICED } from '#core';
import type { DeepReadonly } from './deep-readonly.ts';
import type { Problem } from './problem.ts';
import {
  allowing,
  closedMap,
  listOf,
  numberBetween,
  oneOf,
  textLine,
  wholeNumber,
} from './schema-parts.ts';
import { findingsFromIssues, problemsFromFindings } from './schema-problems.ts';
import type { Finding } from './schema-problems.ts';
import { readYaml } from './yaml-document.ts';

/** What `schema` says in the file of published figures. */
export const PUBLISHED_SCHEMA = 'folio-lab/published@1';

/** Units a published figure can have; `ratio` is a figure divided by another. */
export const PUBLISHED_UNITS = [
  'ns',
  'us',
  'ms',
  's',
  'ns/page',
  'MB/s',
  '%',
  'ratio',
  'count',
  'bytes',
] as const;
export type PublishedUnit = (typeof PUBLISHED_UNITS)[number];

const idOption = allowing('the source (s1 to s5, l, x) and words of a-z, 0-9, dots and dashes');
const figureId = z.string(idOption).regex(/^(s[1-5]|l|x)\.[a-z0-9][a-z0-9.-]{0,80}$/, idOption);
const wordOption = allowing('a word of letters, digits, dots and dashes');
const word = z.string(wordOption).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, wordOption);
const policyValue = z.union([z.string(), z.number(), z.boolean()]);
const policyValues = z.record(z.string(), policyValue, allowing('a map of names to values'));
const nanoseconds = numberBetween(0, 1e12, ' (nanoseconds)');
const phases = listOf(z.enum(PHASES, allowing(PHASES.join(', '))), 'phases');
const priceName = z.enum(PRICED, allowing('the name of a priced event'));

const workloadSchema = closedMap({
  id: word,
  title: textLine('what was run, in words'),
  layout: textLine('a layout specification, or the id of a built-in layout'),
  strategy: closedMap({
    id: word,
    parameters: policyValues.default({}),
    policies: policyValues.default({}),
  }),
  api: oneOf(APIS),
  operation: oneOf(['read', 'write']),
  path: oneOf(['async', 'sync']).default('async'),
  offset: textLine('a size').default('0'),
  length: textLine('a size'),
  pagesPerCall: z.exactOptional(wholeNumber(1, 268_435_456)),
});

const fitSchema = closedMap({
  figure: figureId,
  prices: listOf(priceName, 'prices that rise by the same amount until the figure is met'),
});

const machineSchema = closedMap({
  costModel: word,
  from: word.describe('the cost model whose prices hold where nothing else is said'),
  set: z.partialRecord(priceName, nanoseconds).default({}),
  fits: listOf(fitSchema, 'fits, in the order in which they are made'),
});

const restSchema = closedMap({
  id: word,
  meaning: textLine('what the time stands for'),
  ns: nanoseconds,
  figure: z.exactOptional(figureId.describe('the figure it was fitted on')),
});

const pinnerSchema = closedMap({
  pages: wholeNumber(1, 1_048_576),
  callNs: nanoseconds,
  pageNs: nanoseconds,
  restNs: nanoseconds,
  betweenNs: nanoseconds,
});

/** Threads beside each other: one that unmaps beside one that pins, or some that pin. */
const contentionSchema = closedMap({
  id: word,
  title: textLine('what was run, in words'),
  machine: closedMap({
    coresPerSocket: wholeNumber(1, 1024),
    lockOperation: closedMap({
      local: nanoseconds,
      otherCore: nanoseconds,
      otherSocket: nanoseconds,
    }),
    wakeNs: nanoseconds,
    interrupt: closedMap({ deliverNs: nanoseconds, handleNs: nanoseconds }),
  }),
  unmapper: z.exactOptional(closedMap({ beforeNs: nanoseconds, afterNs: nanoseconds })),
  pinner: z.exactOptional(pinnerSchema),
  pinners: wholeNumber(1, 1024).default(1),
  /** Of the buffer that all pinners share; without one each has its own. */
  sharedOrder: z.exactOptional(wholeNumber(0, 18)),
}).refine(
  ({ unmapper, pinner }) => unmapper !== undefined || pinner !== undefined,
  allowing('an unmapper, a pinner, or both'),
);

const countNames = [
  'tracedCalls',
  'gupCalls',
  'slowCalls',
  'result.heapBytes',
  'result.stackBytes',
] as const;

/** How the laboratory finds the figure. */
const measureSchema = z.discriminatedUnion('kind', [
  closedMap({
    kind: z.literal('time'),
    phases,
    tracer: oneOf(['off', 'function-graph']).default('off'),
    rest: z.exactOptional(word),
    times: wholeNumber(1, 1_000_000_000).default(1),
  }),
  closedMap({
    /** A span of the measurement tables, with its probe. */
    kind: z.literal('span'),
    metric: oneOf(['pin_span', 'get_pages_span', 'release_span']),
    layout: word,
    length: textLine('a size'),
    device: z.exactOptional(oneOf(['zram', 'loop'])),
    op: z.exactOptional(oneOf(['read', 'write'])),
  }),
  closedMap({ kind: z.literal('slope'), phases, from: word }),
  closedMap({ kind: z.literal('function'), name: textLine('a function of the trace') }),
  closedMap({ kind: z.literal('untraced'), phases }),
  closedMap({ kind: z.literal('share'), event: priceName, rest: word }),
  closedMap({ kind: z.literal('rate'), rest: word }),
  closedMap({
    kind: z.literal('count'),
    of: z.union([z.enum(countNames), priceName], allowing(countNames.join(', '))),
    times: wholeNumber(1, 4096).default(1),
  }),
  closedMap({
    kind: z.literal('contention'),
    of: word,
    group: oneOf(['unmap', 'pin']),
  }),
  closedMap({
    kind: z.literal('db2'),
    of: z.enum(
      ['throughputGainPercent', 'lockSamplesBeforePercent', 'lockSamplesAfterPercent', 'slowCalls'],
      allowing('a figure of the mail of 2008'),
    ),
  }),
  closedMap({ kind: z.literal('ratio'), before: figureId, after: figureId }),
  closedMap({ kind: z.literal('reduction'), before: figureId, after: figureId }),
]);

const figureSchema = closedMap({
  id: figureId,
  figure: textLine('what the number is'),
  source: textLine('where it was published'),
  unit: oneOf(PUBLISHED_UNITS),
  published: z.number(allowing('a number, or nothing')).nullable(),
  workload: z.exactOptional(word),
  setting: z.exactOptional(textLine('what was run, where the laboratory cannot run it')),
  costModel: z.exactOptional(word),
  measure: z.exactOptional(measureSchema),
  basis: z.exactOptional(oneOf(['fitted', 'predicted'])),
  reason: z.exactOptional(textLine('why it cannot be modelled, or why it is off')),
});

const publishedFileSchema = closedMap({
  schema: z.literal(PUBLISHED_SCHEMA, allowing(PUBLISHED_SCHEMA)),
  machines: listOf(machineSchema, 'machines'),
  rests: listOf(restSchema, 'times beside the model'),
  workloads: listOf(workloadSchema, 'workloads'),
  contentions: z.array(contentionSchema, allowing('a list')).default([]),
  figures: listOf(figureSchema, 'published figures'),
});

/** The published figures, what is run for each, and what was fitted on which of them. */
export type PublishedFile = DeepReadonly<z.output<typeof publishedFileSchema>>;
export type PublishedFigure = PublishedFile['figures'][number];
export type PublishedWorkload = PublishedFile['workloads'][number];
export type PublishedMeasure = NonNullable<PublishedFigure['measure']>;
export type PublishedContention = PublishedFile['contentions'][number];
export type PublishedMachine = PublishedFile['machines'][number];

export type PublishedFileResult =
  | { readonly ok: true; readonly file: PublishedFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function repeats(list: readonly { readonly id: string }[], key: string): Finding[] {
  return list.flatMap(({ id }, index) =>
    list.findIndex((each) => each.id === id) === index
      ? []
      : [{ path: [key, index, 'id'], message: `${id} stands twice; an id may stand once` }],
  );
}

/** What a figure names must be there, and what it lacks must be said. */
function figureFindings(file: PublishedFile, figure: PublishedFigure, index: number): Finding[] {
  const at = (key: string, message: string): Finding => ({
    path: ['figures', index, key],
    message,
  });
  const { measure } = figure;
  if (measure === undefined) {
    const hasReason = figure.reason !== undefined && figure.setting !== undefined;
    const isBare = figure.basis === undefined && figure.workload === undefined;
    if (hasReason && isBare) return [];
    return [at('reason', 'without a measure a figure needs a setting and a reason, and no basis')];
  }
  const findings: Finding[] = [];
  if (measure.kind === 'contention' || measure.kind === 'db2') {
    const isKnown = measure.kind === 'db2' || file.contentions.some(({ id }) => id === measure.of);
    if (!isKnown) findings.push(at('measure', `there is no contention ${measure.of}`));
    if (figure.setting === undefined && measure.kind === 'db2') {
      findings.push(at('setting', 'is missing; it takes what was run, in words'));
    }
    if (figure.basis !== undefined) return findings;
  }
  if (figure.basis === undefined) {
    findings.push(at('basis', 'is missing; it takes fitted or predicted'));
  }
  if (measure.kind === 'ratio' || measure.kind === 'reduction') {
    for (const id of [measure.before, measure.after]) {
      const found = file.figures.find((each) => each.id === id);
      if (found?.measure === undefined) {
        findings.push(at('measure', `there is no modelled figure ${id}`));
      }
    }
    return findings;
  }
  const workloads = [figure.workload, measure.kind === 'slope' ? measure.from : figure.workload];
  for (const id of workloads) {
    if (!file.workloads.some((each) => each.id === id)) {
      findings.push(at('workload', `there is no workload ${String(id)}`));
    }
  }
  if (figure.costModel === undefined) findings.push(at('costModel', 'is missing; it takes an id'));
  const rest = 'rest' in measure ? measure.rest : undefined;
  if (rest !== undefined && !file.rests.some(({ id }) => id === rest)) {
    findings.push(at('measure', `there is no rest ${rest}`));
  }
  return findings;
}

/** A figure that something was fitted on is fitted, whatever else is said of it. */
function fitFindings(file: PublishedFile): Finding[] {
  const check = (id: string, path: (string | number)[]): Finding[] => {
    const figure = file.figures.find((each) => each.id === id);
    if (figure?.basis === 'fitted') return [];
    return [{ path, message: `${id} is used for a fit, so its basis has to be fitted` }];
  };
  return [
    ...file.machines.flatMap(({ fits }, machine) =>
      fits.flatMap(({ figure }, fit) =>
        check(figure, ['machines', machine, 'fits', fit, 'figure']),
      ),
    ),
    ...file.rests.flatMap(({ figure }, index) =>
      figure === undefined ? [] : check(figure, ['rests', index, 'figure']),
    ),
  ];
}

/**
 * Reads the file of published figures.
 *
 * @param text      YAML; any text at all gives an answer.
 * @param fileName  How problems call the file.
 * @returns The file with defaults filled in, or every mistake in it: among them a name that is not
 *   there, and a figure called predicted on which something was fitted.
 */
export function parsePublishedFile(text: string, fileName: string): PublishedFileResult {
  const source = readYaml(text, fileName);
  if (source.value === undefined) return { ok: false, problems: source.problems };
  const parsed = publishedFileSchema.safeParse(source.value);
  const findings = parsed.success
    ? [
        ...repeats(parsed.data.workloads, 'workloads'),
        ...repeats(parsed.data.rests, 'rests'),
        ...repeats(parsed.data.contentions, 'contentions'),
        ...repeats(parsed.data.figures, 'figures'),
        ...parsed.data.figures.flatMap((each, index) => figureFindings(parsed.data, each, index)),
        ...fitFindings(parsed.data),
      ]
    : findingsFromIssues(parsed.error.issues);
  const problems = [...source.problems, ...problemsFromFindings(findings, source, fileName)];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, file: parsed.data };
}
