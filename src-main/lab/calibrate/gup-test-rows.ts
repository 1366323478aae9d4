import {
  createCounter,
  createLedger,
  ledgerIndex,
  PAGE_BYTES,
  PRICED,
  resolveStrategy,
  workingSetBytes,
} from '#core';
import type { CacheState, IoRequest, Layout, Phase, StrategyRequest } from '#core';
import type { GupTestDocument, GupTestResult, GupTestSettings } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import type { CalibrationRow, RowsOfFile } from './calibration-rows.ts';
import { MEASURED_CACHE_BYTES, PART_NAMES } from './count-spans.ts';
import { layoutOfRow } from './measured-layouts.ts';

/** The two times of a result. Source: Linux 6.12 mm/gup_test.c __gup_test_ioctl(). */
const TIMES: readonly {
  readonly metric: string;
  readonly phases: readonly Phase[];
  readonly microseconds: (result: GupTestResult) => number;
}[] = [
  {
    metric: 'get',
    phases: ['walk', 'grab', 'record'],
    microseconds: ({ getMicroseconds }) => getMicroseconds,
  },
  {
    metric: 'put',
    phases: ['complete', 'release'],
    microseconds: ({ putMicroseconds }) => putMicroseconds,
  },
];

const MEBIBYTE = 1_048_576;

/** Memory that gup_test maps; the program does not say whether it got huge pages where it did not ask. */
function layoutNameOf({ hugePages, isHugetlb, isShared, file }: GupTestSettings): Found<string> {
  if (isHugetlb) return { ok: true, value: 'hugetlb2m' };
  if (isShared || (file !== '' && file !== '/dev/zero')) {
    return { ok: false, message: 'what a file maps is not known from the command line' };
  }
  if (hugePages === 'asked-for') return { ok: true, value: 'thp2m' };
  if (hugePages === 'declined') return { ok: true, value: 'base4k' };
  const message = 'whether there were huge pages is not known: give gup_test -t or -T';
  return { ok: false, message };
}

function strategyOf(test: GupTestResult['test']): Found<StrategyRequest> {
  const id = 'folio-add';
  const parameters = { kernel: 'v6.12' };
  switch (test) {
    case 'GUP_FAST_BENCHMARK':
      return { ok: true, value: { id, parameters, policies: { kind: 'get' } } };
    case 'PIN_FAST_BENCHMARK':
      return { ok: true, value: { id, parameters } };
    case null:
      return { ok: false, message: 'which test it was is not known from the line or a command' };
    default:
      return { ok: false, message: `${test} is not a test of the fast walk` };
  }
}

/**
 * What a repetition finds in the cache when it comes back to the memory: it goes over it in order.
 *
 * @param layout  Of equal folios, and perhaps longer than what is taken.
 * @param bytes   What is taken.
 * @source SPEC rule COLD-4.
 */
function cacheStateOf(layout: Layout, bytes: number): CacheState {
  const share = bytes / (layout.mappedPages * PAGE_BYTES);
  return workingSetBytes(layout) * share > MEASURED_CACHE_BYTES ? 'evicted' : 'hot';
}

function countTest(
  layout: Layout,
  settings: GupTestSettings,
  asked: StrategyRequest,
  bytes: number,
  phases: readonly Phase[],
): Found<Float64Array> {
  const resolved = resolveStrategy(asked, 'gup-test');
  if (!resolved.ok) return { ok: false, message: resolved.problem.message };
  const request: IoRequest = {
    api: 'gup-test',
    op: settings.isWrite ? 'read' : 'write',
    path: 'sync',
    offset: 0,
    length: bytes,
    ...(settings.pagesPerCall === null ? {} : { pagesPerCall: settings.pagesPerCall }),
    caches: cacheStateOf(layout, bytes),
  };
  const ledger = createLedger();
  createCounter(resolved.strategy.policies).count({ layout, request }, ledger);
  const counts = new Float64Array(PART_NAMES.length);
  PRICED.forEach((name, at) => {
    const count = phases.reduce((sum, phase) => sum + (ledger[ledgerIndex(phase, name)] ?? 0), 0);
    counts.set([count], at);
  });
  return { ok: true, value: counts };
}

/** What is the same for all results of one command line and length. */
function countResult(
  settings: GupTestSettings | null,
  result: GupTestResult,
): Found<{ readonly layout: string; readonly counts: readonly Float64Array[] }> {
  if (settings === null || result.bytes === null) {
    return { ok: false, message: 'no command line says how much was taken' };
  }
  const name = layoutNameOf(settings);
  if (!name.ok) return name;
  const strategy = strategyOf(result.test);
  if (!strategy.ok) return strategy;
  const { bytes } = result;
  const built = layoutOfRow({ layout: name.value, mode: 'hot', bytes, offsetBytes: 0 });
  if (!built.ok) return built;
  const counts: Float64Array[] = [];
  for (const { phases } of TIMES) {
    const counted = countTest(built.value.layout, settings, strategy.value, bytes, phases);
    if (!counted.ok) return counted;
    counts.push(counted.value);
  }
  return { ok: true, value: { layout: name.value, counts } };
}

/**
 * Counts what the lines of gup_test measured: each repetition is a row for taking and one for giving back.
 */
export function rowsFromGupTest(file: string, { groups }: GupTestDocument): RowsOfFile {
  const rows: CalibrationRow[] = [];
  const leftOut = new Map<string, number>();
  const leaveOut = (reason: string): void => {
    leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  };
  for (const { settings, results, command } of groups) {
    for (const result of results) {
      const counted = countResult(settings, result);
      if (!counted.ok) {
        leaveOut(counted.message);
        continue;
      }
      const { layout, counts } = counted.value;
      const bytes = result.bytes ?? 0;
      TIMES.forEach(({ metric, microseconds }, at) => {
        const measuredNs = microseconds(result) * 1000;
        const found = counts[at];
        if (measuredNs <= 0) leaveOut(`the ${metric} time is 0 us, less than gup_test can tell`);
        if (measuredNs <= 0 || found === undefined) return;
        rows.push({
          ...{ file, line: result.line, series: file, run: file, metric, layout, measuredNs },
          stage: 'span',
          what: `${bytes / MEBIBYTE} MiB, ${command ?? 'no command line'}`,
          part: `${result.test ?? 'test'} ${metric}`,
          fixedNs: 0,
          counts: found,
          spread: null,
        });
      });
    }
  }
  return { rows, leftOut };
}
