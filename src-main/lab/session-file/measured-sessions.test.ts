import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { modelFromStored } from '#contract';
import type { SessionRecord } from '#contract';
import type { CostModel } from '#core';
import { openLibrary } from '../library/index.ts';
import type { Library } from '../library/index.ts';
import { smallMeasurement } from '../testing/small-measurements.ts';
import { smallCostModel, smallTrials } from '../testing/small-plan.ts';
import { storeSmallRun } from '../testing/store-small-run.ts';
import { openSessionFile, saveSessionFile, SESSION_FILE_ID } from './index.ts';
import type { MergeReport } from './index.ts';
import { writeApplicationId } from './session-database.ts';

const MIGRATIONS_FOLDER = new URL('../library/migrations/', import.meta.url);

let folder: string;
let library: Library;
let otherLibrary: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  library = openLibrary(join(folder, 'library.db'));
  otherLibrary = openLibrary(join(folder, 'other.db'));
});
afterEach(() => {
  library.close();
  otherLibrary.close();
  rmSync(folder, { recursive: true, force: true });
});

function place(name: string): string {
  return join(folder, name);
}

async function save(session: SessionRecord): Promise<string> {
  await saveSessionFile({ library, sessionId: session.id, target: place('small.foliolab') });
  return place('small.foliolab');
}

async function importFile(path: string, target: Library): Promise<MergeReport> {
  const file = await openSessionFile(path);
  try {
    return file.importInto(target);
  } finally {
    file.close();
  }
}

/** A model of this name, so many nanoseconds for a kmalloc. */
function costModel(id: string, ns: number): CostModel {
  return { ...smallCostModel, id, prices: { ...smallCostModel.prices, kmalloc: ns } };
}

it('opens a session file from before there were measurements', async () => {
  const migrations = join(folder, 'migrations');
  mkdirSync(migrations);
  const [first = ''] = readdirSync(MIGRATIONS_FOLDER).sort();
  copyFileSync(new URL(first, MIGRATIONS_FOLDER), join(migrations, first));
  const older = { migrationsFolder: pathToFileURL(`${migrations}/`) };
  const before = openLibrary(place('before.db'), older);
  const run = storeSmallRun(before, smallTrials().slice(0, 1));
  const target = place('before.foliolab');
  before.close();
  writeApplicationId(place('before.db'), SESSION_FILE_ID);
  copyFileSync(place('before.db'), target);

  const report = await importFile(target, library);

  expect(report).toMatchObject({ importedRuns: 1, importedMeasurements: 0 });
  expect(library.findRun(run.id)?.finishedTrials).toBe(1);
});

it('brings measurements along, but for those in the trash', async () => {
  const session = library.createSession('small');
  const { record } = library.addMeasurement(smallMeasurement(session.id, 160));
  const { record: gone } = library.addMeasurement(smallMeasurement(session.id, 170));
  library.deleteMeasurement(gone.id);
  const path = await save(session);

  const first = await importFile(path, otherLibrary);
  otherLibrary.deleteMeasurement(record.id);
  const second = await importFile(path, otherLibrary);
  const third = await importFile(path, otherLibrary);

  expect(otherLibrary.measurements()).toEqual([record]);
  expect(otherLibrary.measurementDocument(record.id)).toEqual(
    library.measurementDocument(record.id),
  );
  expect(
    [first, second, third].map((each) => [each.importedMeasurements, each.skippedMeasurements]),
  ).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
});

it('has a file once that both sides imported into the same session', async () => {
  const session = library.createSession('small');
  const path = await save(session);
  await importFile(path, otherLibrary);
  const mine = otherLibrary.addMeasurement(smallMeasurement(session.id)).record;
  library.addMeasurement(smallMeasurement(session.id));

  const report = await importFile(await save(session), otherLibrary);

  expect(report).toMatchObject({ importedMeasurements: 0, skippedMeasurements: 1 });
  expect(otherLibrary.measurements()).toEqual([mine]);
});

it('brings the cost models that its runs were priced with, and no others', async () => {
  const { stored } = library.addCostModel(costModel('my-epyc', 5), { rows: 3 });
  library.addCostModel(costModel('my-epyc', 6), null);
  storeSmallRun(library, smallTrials({ costModel: modelFromStored(stored) }));
  const session = library.findOrCreateSession('small');
  const path = await save(session);

  const first = await importFile(path, otherLibrary);
  const second = await importFile(path, otherLibrary);

  expect([first.importedCostModels, second.importedCostModels]).toEqual([['my-epyc@1'], []]);
  expect(otherLibrary.storedCostModels()).toEqual([stored]);
  expect(otherLibrary.costModelProvenance(stored)).toEqual({ rows: 3 });
});

it('gives a cost model the next version where its own means other figures', async () => {
  const { stored } = library.addCostModel(costModel('my-epyc', 5), null);
  const run = storeSmallRun(library, smallTrials({ costModel: modelFromStored(stored) }));
  const path = await save(library.findOrCreateSession('small'));
  otherLibrary.addCostModel(costModel('my-epyc', 7), null);

  const report = await importFile(path, otherLibrary);
  const [session] = otherLibrary.sessions();
  await saveSessionFile({
    library: otherLibrary,
    sessionId: session?.id ?? '',
    target: place('back.foliolab'),
  });
  const back = await importFile(place('back.foliolab'), library);

  expect(report.importedCostModels).toEqual(['my-epyc@2']);
  expect(otherLibrary.findStoredCostModel('my-epyc@2')?.digest).toBe(stored.digest);
  for (const { parameters } of otherLibrary.trials(run.id)) {
    expect(parameters).toMatchObject({
      costModelId: 'my-epyc@2',
      costModelDigest: stored.digest,
    });
  }
  // Back home the figures are known; those of the other library were used by no run and stayed there.
  expect(back.importedCostModels).toEqual([]);
  expect(library.findStoredCostModel('my-epyc@1')).toEqual(stored);
});

it('names a model in trials as this library does, in the column too, and nothing else of a trial changes', async () => {
  const other = library.addCostModel(costModel('mine', 4), null).stored;
  const { stored } = library.addCostModel(costModel('mine', 5), null);
  const run = storeSmallRun(library, smallTrials({ costModel: modelFromStored(stored) }));
  const plain = storeSmallRun(library, smallTrials());
  const session = library.findOrCreateSession('small');
  const path = await save(session);
  otherLibrary.addCostModel(costModel('mine', 7), null);
  otherLibrary.addCostModel(costModel('mine', 8), null);

  const first = await importFile(path, otherLibrary);
  const late = storeSmallRun(library, smallTrials({ costModel: modelFromStored(stored) }));
  const later = storeSmallRun(library, smallTrials({ costModel: modelFromStored(other) }));
  const second = await importFile(await save(session), otherLibrary);

  const toVersion3 = { inFile: 'mine@2', here: 'mine@3' };
  expect(first.renamedCostModels).toEqual([toVersion3]);
  expect(second).toMatchObject({
    importedRuns: 2,
    importedCostModels: ['mine@4'],
    renamedCostModels: [{ inFile: 'mine@1', here: 'mine@4' }, toVersion3],
  });
  const trialsNamed = (runId: string, costModelId: string) =>
    [...library.trials(runId)].map(({ parameters, result }) => ({
      parameters: { ...parameters, costModelId },
      result,
    }));
  for (const [{ id }, name] of [
    [run, 'mine@3'],
    [late, 'mine@3'],
    [later, 'mine@4'],
    [plain, smallCostModel.id],
  ] as const) {
    expect([...otherLibrary.trials(id)]).toEqual(trialsNamed(id, name));
    expect(otherLibrary.findRun(id)?.experimentText).toBe(library.findRun(id)?.experimentText);
  }
  const database = new Database(otherLibrary.path, { readonly: true });
  const columns = database
    .prepare('SELECT DISTINCT cost_model_id FROM trials ORDER BY cost_model_id')
    .pluck()
    .all();
  database.close();
  expect(columns).toEqual(['mine@3', 'mine@4', smallCostModel.id].sort());
});

it('merges any two libraries so that all their measurements and figures are there once', async () => {
  const figures = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(figures, figures, async (theirs, ours) => {
      const from = openLibrary(place('from.db'));
      const into = openLibrary(place('into.db'));
      try {
        const session = from.createSession('shared');
        for (const ns of theirs) {
          const { stored } = from.addCostModel(costModel('my-epyc', ns), null);
          from.addMeasurement(smallMeasurement(session.id, ns));
          storeSmallRun(from, smallTrials({ costModel: modelFromStored(stored) }).slice(0, 1), {
            sessionId: session.id,
          });
        }
        for (const ns of ours) into.addCostModel(costModel('my-epyc', ns), null);
        const mine = into.storedCostModels();
        const target = place('shared.foliolab');
        await saveSessionFile({ library: from, sessionId: session.id, target });

        await importFile(target, into);
        const again = await importFile(target, into);

        const digests = into.storedCostModels().map(({ digest }) => digest);
        expect(again).toMatchObject({ importedMeasurements: 0, importedCostModels: [] });
        expect(into.measurements()).toHaveLength(theirs.length);
        for (const { id } of into.runs()) {
          for (const { parameters } of into.trials(id)) {
            const model = into.findStoredCostModel(parameters.costModelId);
            expect(model?.digest).toBe(parameters.costModelDigest);
          }
        }
        expect(new Set(digests).size).toBe(digests.length);
        expect(digests).toHaveLength(new Set([...theirs, ...ours]).size);
        expect(into.storedCostModels()).toEqual(expect.arrayContaining([...mine]));
      } finally {
        from.close();
        into.close();
        for (const name of ['from.db', 'into.db']) rmSync(place(name));
      }
    }),
    { numRuns: 12 },
  );
});
