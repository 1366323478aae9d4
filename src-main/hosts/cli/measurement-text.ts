import type {
  CapturedLayoutDocument,
  FioDocument,
  FioLatency,
  FioSeries,
  MeasurementDocument,
  MeasurementRecord,
  PlainTableDocument,
  SpanRow,
  SpanTableDocument,
  TraceComparison,
} from '#contract';
import { MEASUREMENT_KINDS, measurementRemarks } from '#contract';
import { callTraceText } from './call-trace-text.ts';
import { bytesText, countedText, countText, nanosecondsText } from './figures.ts';
import { gupTestText } from './gup-test-text.ts';
import { shortId } from './library-access.ts';
import { dayText } from './listing.ts';
import { remarksText } from './remarks-text.ts';
import { textTable } from './text-table.ts';
import type { Column } from './text-table.ts';

/** Longer tables are cut: the JSON document has all of it. */
const MOST_ROWS = 40;
const NONE = '–';

function optional<Value>(value: Value | null, text: (value: Value) => string): string {
  return value === null ? NONE : text(value);
}

/** The first rows as a table, and how many there are besides. */
function shortTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const left = rows.length - MOST_ROWS;
  const table = textTable(rows.slice(0, MOST_ROWS), columns);
  return left <= 0 ? table : `${table}\n${countedText(left, 'more row')}; --json has them all`;
}

function percentileText(latency: FioLatency | null, wanted: number): string {
  const found = latency?.percentiles.find(({ percent }) => percent === wanted);
  return found === undefined ? NONE : nanosecondsText(found.ns);
}

/** The latency that has percentiles: completion, unless fio was told to take the total. */
function latencyOf({ completion, total }: FioSeries): FioLatency | null {
  return (completion?.percentiles.length ?? 0) > 0 ? completion : (total ?? completion);
}

const FIO_COLUMNS: readonly Column<FioSeries>[] = [
  { title: 'job', align: 'left', text: ({ job }) => job },
  { title: 'does', align: 'left', text: ({ direction }) => direction },
  { title: 'engine', align: 'left', text: ({ engine }) => engine ?? NONE },
  { title: 'block', align: 'right', text: ({ blockSize }) => blockSize ?? NONE },
  { title: 'depth', align: 'right', text: ({ queueDepth }) => queueDepth ?? NONE },
  { title: 'I/Os', align: 'right', text: ({ ios }) => optional(ios, countText) },
  { title: 'IOPS', align: 'right', text: ({ iops }) => optional(iops, countText) },
  {
    title: 'mean ns',
    align: 'right',
    text: (series) => optional(latencyOf(series)?.meanNs ?? null, nanosecondsText),
  },
  { title: 'p50 ns', align: 'right', text: (series) => percentileText(latencyOf(series), 50) },
  { title: 'p99 ns', align: 'right', text: (series) => percentileText(latencyOf(series), 99) },
  {
    title: 'max ns',
    align: 'right',
    text: (series) => optional(latencyOf(series)?.maxNs ?? null, nanosecondsText),
  },
  { title: 'bins', align: 'right', text: (series) => binsText(latencyOf(series)) },
];

function binsText(latency: FioLatency | null): string {
  const bins = latency?.bins.length ?? 0;
  return bins === 0 ? NONE : countText(bins);
}

function fioText({ version, series }: FioDocument): string {
  return `${version}\n${shortTable(series, FIO_COLUMNS)}`;
}

const SPAN_COLUMNS: readonly Column<SpanRow>[] = [
  { title: 'line', align: 'right', text: ({ line }) => String(line) },
  { title: 'run', align: 'right', text: ({ run }) => optional(run, String) },
  { title: 'layout', align: 'left', text: ({ layout }) => layout },
  { title: 'mode', align: 'left', text: ({ mode, variant }) => mode ?? variant ?? NONE },
  { title: 'bytes', align: 'right', text: ({ bytes }) => bytesText(bytes) },
  { title: 'metric', align: 'left', text: ({ metric }) => metric },
  {
    title: 'on',
    align: 'left',
    text: ({ device, op, test }) =>
      [device, op, test].filter((word) => word !== null).join(' ') || NONE,
  },
  { title: 'min ns', align: 'right', text: ({ minNs }) => optional(minNs, nanosecondsText) },
  { title: 'p50 ns', align: 'right', text: ({ p50Ns }) => nanosecondsText(p50Ns) },
  { title: 'p99 ns', align: 'right', text: ({ p99Ns }) => optional(p99Ns, nanosecondsText) },
];

function spanTableText({ rows }: SpanTableDocument): string {
  return shortTable(rows, SPAN_COLUMNS);
}

function plainTableText({ columns, rows }: PlainTableDocument): string {
  return shortTable(
    rows,
    columns.map((title, index) => ({ title, align: 'left', text: (row) => row[index] ?? '' })),
  );
}

type LayoutRow = CapturedLayoutDocument['rows'][number];

const LAYOUT_COLUMNS: readonly Column<LayoutRow>[] = [
  { title: 'va_page', align: 'right', text: ([vaPage]) => String(vaPage) },
  { title: 'pfn', align: 'right', text: ([, pfn]) => String(pfn) },
  { title: 'pages', align: 'right', text: ([, , pages]) => String(pages) },
  { title: 'order', align: 'right', text: ([, , , order]) => String(order) },
  { title: 'leaf', align: 'left', text: ([, , , , leaf]) => leaf },
  { title: 'flags', align: 'left', text: ([, , , , , flags]) => flags },
];

/** What an importer assumed and warns of; no text for nothing. */
export function remarkTexts(document: MeasurementDocument): readonly string[] {
  const { assumptions, warnings } = measurementRemarks(document);
  return [...remarksText('assumed', assumptions), ...remarksText('to be kept in mind', warnings)];
}

function withRemarks(text: string, document: MeasurementDocument): string {
  return [text, ...remarkTexts(document)].join('\n\n');
}

function documentText(
  document: MeasurementDocument,
  comparisons: readonly (TraceComparison | null)[],
): string {
  switch (document.kind) {
    case 'layout':
      return shortTable(document.rows, LAYOUT_COLUMNS);
    case 'gup-test':
      return gupTestText(document);
    case 'function-graph':
      return callTraceText(document, comparisons);
    case 'fio':
      return withRemarks(fioText(document), document);
    case 'span-table':
      return withRemarks(spanTableText(document), document);
    case 'plain-table':
      return plainTableText(document);
  }
}

/**
 * A measurement with what was read from its file, for people.
 *
 * @param comparisons  Of a trace, the model beside each of its parts; empty for other measurements.
 */
export function measurementText(
  record: MeasurementRecord,
  document: MeasurementDocument,
  comparisons: readonly (TraceComparison | null)[] = [],
): string {
  const { kind, name, fileName, bytes, summary, command, importedAt, notes, deletedAt } = record;
  const lines = [
    `measurement ${shortId(record)} "${name}": ${MEASUREMENT_KINDS[kind]}, ${summary}${deletedAt === null ? '' : ', in the trash'}`,
    `from ${fileName} (${bytesText(bytes)}), imported ${dayText(importedAt)} UTC`,
    ...(command === null ? [] : [`made by ${command}`]),
    ...(notes === '' ? [] : ['', notes]),
    '',
    documentText(document, comparisons),
  ];
  return lines.join('\n');
}

/** Measurements as a table. */
export function measurementsText(records: readonly MeasurementRecord[]): string {
  if (records.length === 0) return 'No measurement.';
  return textTable(records, [
    { title: 'measurement', align: 'left', text: shortId },
    { title: 'name', align: 'left', text: ({ name }) => name },
    { title: 'kind', align: 'left', text: ({ kind }) => kind },
    { title: 'holds', align: 'left', text: ({ summary }) => summary },
    { title: 'imported (UTC)', align: 'left', text: ({ importedAt }) => dayText(importedAt) },
  ]);
}
