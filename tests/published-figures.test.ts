import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '#contract';
import type { ValidateRow } from '#contract';
import { fitCostModels, fitRests } from '../scripts/fit-published.ts';
import { readValidationSources, validateExperiments, validateRows } from '../src-main/lab/index.ts';

const folder = fileURLToPath(new URL('../experiments', import.meta.url));
const sources = await readValidationSources(folder);
const rows = validateRows(sources);

function rowOf(id: string): ValidateRow {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`there is no row ${id}`);
  return row;
}

describe('fits', () => {
  it.each(fitCostModels(sources).map((model) => ({ id: model.id, model })))(
    'the prices of $id are what scripts/fit-published.ts computes',
    ({ id, model }) => {
      expect(sources.costModels.get(id)?.prices).toEqual(model.prices);
    },
  );

  it('the times beside the model are what the script computes', () => {
    const written = new Map(sources.file.rests.map(({ id, ns }) => [id, ns]));
    expect(fitRests(sources)).toEqual(written);
  });

  it('every figure on which something was fitted is met', () => {
    const ids = [
      ...sources.file.machines.flatMap(({ fits }) => fits.map(({ figure }) => figure)),
      ...sources.file.rests.flatMap(({ figure }) => figure ?? []),
    ];
    const errors = ids.map((id) => Math.abs(rowOf(id).errorPercent ?? Infinity));
    expect(ids.length).toBeGreaterThan(15);
    expect(Math.max(...errors)).toBeLessThan(0.5);
  });

  it('no model has more fitted prices than figures they were fitted on', () => {
    for (const { fits } of sources.file.machines) {
      const figures = new Set(fits.map(({ figure }) => figure));
      expect(figures.size).toBe(fits.length);
    }
  });
});

describe('targets', () => {
  it.each(['s2.get.before', 's2.get.after', 's2.pin.before', 's2.pin.after'])(
    '%s is within 10 %%',
    (id) => {
      expect(Math.abs(rowOf(id).errorPercent ?? Infinity)).toBeLessThan(10);
    },
  );

  it('a pin of compound pages and its ratio are predicted, the other three totals fitted', () => {
    const ids = ['s2.get.before', 's2.get.after', 's2.pin.before', 's2.pin.after', 's2.pin.ratio'];
    expect(ids.map((id) => rowOf(id).basis)).toEqual([
      ...['fitted', 'fitted', 'fitted', 'predicted', 'predicted'],
    ]);
  });

  it('the two totals of 2024 are fitted, their 135 and 9 calls predicted', () => {
    expect(['s1.before', 's1.after'].map((id) => rowOf(id).basis)).toEqual(['fitted', 'fitted']);
    expect(['s1.calls.before', 's1.calls.after'].map(rowOf)).toMatchObject([
      { modelled: 135, basis: 'predicted' },
      { modelled: 9, basis: 'predicted' },
    ]);
  });

  it('of the predicted figures at least 80 % are within 10 %', async () => {
    const { predicted } = (await validateExperiments(folder)).summary;
    expect(predicted.rows).toBeGreaterThan(60);
    expect(predicted.within / predicted.rows).toBeGreaterThanOrEqual(0.8);
  });

  it('the untraced time is a range around its estimate, and nobody published it', () => {
    const { published, modelled, modelledRange, basis } = rowOf('s1.untraced.before');
    expect({ published, basis }).toEqual({ published: null, basis: 'fitted' });
    expect(modelledRange?.map((us) => us.toFixed(1))).toEqual(['3.9', '6.2']);
    expect(modelled?.toFixed(1)).toBe('4.8');
  });

  it.each([
    ['2008', ['s4.throughput', 's4.lock.before', 's4.lock.after']],
    ['2018', ['s5.before', 's5.after']],
  ])('the figures of %s are within 10 %% and called fitted', (_, ids) => {
    for (const id of ids) {
      expect(rowOf(id).basis).toBe('fitted');
      expect(Math.abs(rowOf(id).errorPercent ?? Infinity)).toBeLessThan(10);
    }
  });
});

it('figures of one source are those of the whole', () => {
  expect(validateRows(sources, 's2')).toEqual(rows.filter(({ id }) => id.startsWith('s2.')));
});

it('a figure without an answer says why, and one that is off too', () => {
  const silent = rows.filter(
    (row) => ['missed', 'not-modelled'].includes(verdictOf(row)) && row.reason === null,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

it('the document has every row, each with the keys of validate@1', async () => {
  const document = await validateExperiments(folder);
  expect(document.rows).toEqual(rows);
  expect(document.schema).toBe('folio-lab/validate@1');
  for (const row of document.rows) expect(row.id).toMatch(/^(s[1-5]|l|x)\./);
});
