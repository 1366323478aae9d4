import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { costModelDigest, recordFromKeys, SPAN_TERMS } from '#core';
import type { CostModel } from '#core';
import { smallCostModel } from '../testing/small-plan.ts';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

let folder: ReturnType<typeof createTemporaryFolder>;
let library: Library;

beforeEach(() => {
  folder = createTemporaryFolder();
  library = openLibrary(`${folder.path}/library.db`);
});
afterEach(() => {
  library.close();
  folder.remove();
});

/** A model of this name whose kmalloc costs so many nanoseconds. */
function model(id: string, ns: number): CostModel {
  return { ...smallCostModel, id, prices: { ...smallCostModel.prices, kmalloc: ns } };
}

it('gives other figures under the same name the next version', () => {
  const first = library.addCostModel(model('my-epyc', 5), { rows: 12 });
  const second = library.addCostModel(model('my-epyc', 6), null);
  const other = library.addCostModel(model('other', 5), null);

  expect(
    [first, second, other].map(({ stored, isNew }) => [stored.id, stored.version, isNew]),
  ).toEqual([
    ['my-epyc', 1, true],
    ['my-epyc', 2, true],
    ['other', 1, true],
  ]);
  expect(first.stored.digest).toBe(costModelDigest(model('my-epyc', 5)));
  expect(library.storedCostModels().map(({ id, version }) => [id, version])).toEqual([
    ['my-epyc', 2],
    ['my-epyc', 1],
    ['other', 1],
  ]);
});

it('adds nothing for figures that a version has', () => {
  const first = library.addCostModel(model('my-epyc', 5), { rows: 12 });

  const again = library.addCostModel({ ...model('my-epyc', 5), title: 'Another title' }, null);

  expect(again).toEqual({ stored: first.stored, isNew: false });
  expect(library.costModelProvenance(first.stored)).toEqual({ rows: 12 });
});

it('tells versions apart that differ in the terms of measured spans alone', () => {
  const terms = recordFromKeys(SPAN_TERMS, () => 1);
  const first = library.addCostModel({ ...model('my-epyc', 5), spanTerms: terms }, null);
  const second = library.addCostModel(
    { ...model('my-epyc', 5), spanTerms: { ...terms, sys_enter: 2 } },
    null,
  );
  const again = library.addCostModel({ ...model('my-epyc', 5), spanTerms: terms }, null);

  expect([second.stored.version, second.isNew]).toEqual([2, true]);
  expect(second.stored.digest).toBe(first.stored.digest);
  expect(again).toEqual({ stored: first.stored, isNew: false });
});

it('finds the latest by its name, and each by its version', () => {
  library.addCostModel(model('my-epyc', 5), null);
  library.addCostModel(model('my-epyc', 6), null);
  const found = (reference: string) =>
    library.findStoredCostModel(reference)?.model.prices.kmalloc ?? null;

  expect(
    ['my-epyc', 'my-epyc@1', 'my-epyc@2', 'my-epyc@3', 'nobody', 'a/b', 'my-epyc@'].map(found),
  ).toEqual([6, 5, 6, null, null, null, null]);
  expect(() => library.costModelProvenance({ id: 'my-epyc', version: 3 })).toThrow(/no cost model/);
});

it('never changes', () => {
  library.addCostModel(model('my-epyc', 5), null);
  const database = new Database(library.path);

  expect(() => database.exec("UPDATE cost_models SET model = '{}'")).toThrow(/does not change/);
  database.close();
});
