import { expect, it } from 'vitest';
import type { CallTracePart, CallTracePath } from './call-trace.ts';
import { compareTraces } from './compare-trace.ts';
import { modelName } from './function-names.ts';
import type { ModelledCalls } from './modelled-calls.ts';

/** A path of a trace whose calls took 100 ns each, of which `self` is its own. */
function traced(
  name: string,
  calls: number,
  children: readonly CallTracePath[] = [],
): CallTracePath {
  const totalNs = 100 * calls;
  const within = children.reduce((sum, child) => sum + child.totalNs, 0);
  return {
    name,
    module: null,
    calls,
    totalNs,
    selfNs: totalNs - within,
    minNs: 100,
    maxNs: 100,
    cutOffCalls: 0,
    children,
  };
}

function partOf(roots: readonly CallTracePath[]): CallTracePart {
  return {
    firstLine: 1,
    lastLine: 9,
    cpus: [0],
    tasks: 0,
    literalCalls: 9,
    calls: 9,
    cutOffCalls: 0,
    lostMarks: 0,
    lostEvents: 0,
    overruns: 0,
    interrupts: 0,
    roots,
    functions: [],
  };
}

function modelled(
  name: string,
  calls: number,
  children: readonly ModelledCalls[] = [],
): ModelledCalls {
  return { name, calls, totalNs: 80 * calls, selfNs: 10 * calls, children };
}

const MODEL = [
  modelled('bio_iov_iter_get_pages', 2, [
    modelled('gup_fast_fallback', 2, [modelled('try_grab_folio', 64)]),
    modelled('__bio_add_page', 2),
  ]),
];

it('sets both sides beside each other for one call of their root, wherever the trace has it', () => {
  const part = partOf([
    traced('blkdev_direct_IO', 8, [
      traced('bio_iov_iter_get_pages', 4, [
        traced('iov_iter_extract_pages', 4, [
          traced('internal_get_user_pages_fast', 4, [traced('try_grab_folio_fast.isra.0', 8)]),
        ]),
        traced('__bio_add_page', 2),
      ]),
    ]),
  ]);
  const comparison = compareTraces(part, MODEL);

  expect(comparison).toMatchObject({
    root: 'bio_iov_iter_get_pages',
    measuredRoots: 4,
    modelledRoots: 2,
    measuredCalls: 5.5,
    modelledCalls: 35,
  });
  expect(
    comparison.paths.map(({ path, measured, modelled: model }) => [
      path.slice(1).join('/'),
      measured?.calls ?? null,
      model?.calls ?? null,
    ]),
  ).toEqual([
    ['', 1, 1],
    ['gup_fast_fallback', null, 1],
    ['gup_fast_fallback/try_grab_folio', null, 32],
    ['__bio_add_page', 0.5, 1],
    ['iov_iter_extract_pages', 1, null],
    ['iov_iter_extract_pages/gup_fast_fallback', 1, null],
    ['iov_iter_extract_pages/gup_fast_fallback/try_grab_folio', 2, null],
  ]);
  expect(comparison.functions.find(({ name }) => name === 'try_grab_folio')).toEqual({
    name: 'try_grab_folio',
    tracedAs: 'try_grab_folio_fast.isra.0',
    path: ['try_grab_folio'],
    measured: { calls: 2, totalNs: 200, selfNs: 200 },
    modelled: { calls: 32, totalNs: 2560, selfNs: 320 },
  });
});

it('begins at the outermost function that was traced, when the root of the model was not', () => {
  const comparison = compareTraces(partOf([traced('gup_fast_fallback', 3)]), MODEL);

  expect(comparison.root).toBe('gup_fast_fallback');
  expect(comparison.paths.map(({ name, measured }) => [name, measured?.calls ?? null])).toEqual([
    ['gup_fast_fallback', 1],
    ['try_grab_folio', null],
  ]);
});

it('says so when the trace has nothing that the model knows, and when it has gaps', () => {
  const nothing = compareTraces(partOf([traced('schedule', 3)]), MODEL);
  const gaps = compareTraces(
    { ...partOf([traced('gup_fast_fallback', 3)]), cutOffCalls: 2, lostMarks: 1 },
    MODEL,
  );

  expect(nothing.root).toBeNull();
  expect(nothing.warnings).toEqual([
    'The trace has no function that the model knows: there is nothing to compare.',
  ]);
  expect(gaps.warnings.at(-1)).toBe(
    'The trace has gaps (calls cut off: 2, places with lost events: 1): its counts for one call of gup_fast_fallback are too low.',
  );
});

it('counts the time of a function within itself once', () => {
  const part = partOf([traced('gup_fast_fallback', 2, [traced('gup_fast_fallback', 1)])]);
  const [row] = compareTraces(part, MODEL).functions;

  expect(row?.measured).toEqual({ calls: 1.5, totalNs: 100, selfNs: 100 });
});

it('knows functions by the names that other kernels and compilers give them', () => {
  expect(
    [
      'folio_fast_pin_allowed',
      'try_grab_compound_head.constprop.0',
      'toString',
      'x.isra.0.cold',
    ].map(modelName),
  ).toEqual(['gup_fast_folio_allowed', 'try_grab_folio', 'toString', 'x']);
});
