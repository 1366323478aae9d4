import { expect, it } from 'vitest';
import { compareDocuments, sharedBy } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { acrossCandidates, downCandidates, heatAxes, heatMapFrom } from './heat-map-input.ts';
import type { HeatAxes } from './heat-map-input.ts';
import { METRICS, metricNamed } from './metrics.ts';
import { FOUR_TRIALS, sampleDocument } from '../../../testing/run-documents.ts';

const p50 = metricNamed('total.p50') ?? METRICS.slice(0, 1)[0] ?? expect.unreachable();
const trials = ['thp', 'base'].flatMap((layout) =>
  FOUR_TRIALS.map((trial) => ({ ...trial, layout, ...(layout === 'thp' ? { ns: 50 } : {}) })),
);
const comparison = compareDocuments([sampleDocument(trials)], false);
const figures = createFigureReader(comparison, 0);

function cut(axes: HeatAxes, layout: string, showsChange: boolean) {
  const selected = new Set(
    comparison.cases.filter(({ parameters }) => parameters.layout === layout).map(({ id }) => id),
  );
  const view = { ...axes, metric: p50, showsChange };
  const { map, members } = heatMapFrom(
    comparison,
    comparison.cases,
    selected,
    view,
    figures,
    'today',
  );
  const heldAt = sharedBy(comparison, members).map(({ text }) => text);
  return { map, heldAt: heldAt.join(' · ') };
}

it('offers what varies for its axes, block sizes across first', () => {
  expect([acrossCandidates(comparison), downCandidates(comparison, 'blockSize')]).toEqual([
    ['blockSize', 'layout'],
    ['subject', 'layout'],
  ]);
});

it('takes the axes that are wanted as far as there are such, never one twice', () => {
  const wanted: Partial<HeatAxes>[] = [
    {},
    { down: 'layout' },
    { down: 'layout', across: 'layout' },
    { down: 'tracer', across: 'tracer' },
  ];
  const nothingVaries = compareDocuments([sampleDocument([{}])], false);

  expect(wanted.map((axes) => heatAxes(comparison, axes))).toEqual([
    { down: 'subject', across: 'blockSize' },
    { down: 'layout', across: 'blockSize' },
    { down: 'subject', across: 'layout' },
    { down: 'subject', across: 'blockSize' },
  ]);
  expect(heatAxes(nothingVaries, {})).toBeNull();
});

it('cuts strategies over a parameter at the parameters of what is selected', () => {
  const { map, heldAt } = cut({ down: 'subject', across: 'blockSize' }, 'base', true);

  expect([heldAt, map.rowTitle, map.rows, map.columns]).toEqual([
    'base',
    'Strategy',
    ['today', 'batch'],
    ['4KiB', '128KiB'],
  ]);
  expect(map.cells.map(({ row, column, change }) => [row, column, change])).toEqual([
    [0, 0, null],
    [1, 0, 0.1],
    [0, 1, null],
    [1, 1, -0.75],
  ]);
});

it('cuts sizes over folios of the first selected strategy that has a change to show', () => {
  const axes = { down: 'layout', across: 'blockSize' } as const;
  const changes = cut(axes, 'base', true);
  const values = cut(axes, 'base', false);

  expect([changes.heldAt, values.heldAt, changes.map.rowTitle]).toEqual([
    'batch',
    'today',
    'Layout',
  ]);
  expect(changes.map.rows).toEqual(['thp', 'base']);
  expect(changes.map.cells.map(({ row, column, value }) => [row, column, value])).toEqual([
    [0, 0, 50],
    [0, 1, 50],
    [1, 0, 110],
    [1, 1, 500],
  ]);
});
