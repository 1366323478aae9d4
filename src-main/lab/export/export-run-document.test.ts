import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runDocument, runDocumentSchema } from '#contract';
import { openLibrary } from '../index.ts';
import type { Library } from '../index.ts';
import { smallTrials } from '../testing/small-plan.ts';
import { storeSmallRun } from '../testing/store-small-run.ts';
import { createTemporaryFolder } from '../testing/temporary-folder.ts';
import { exportRunDocument, runDocumentPieces } from './export-run-document.ts';

const title = 'A title with "trials":[] in it';
let library: Library;

beforeEach(() => {
  library = openLibrary(':memory:');
});
afterEach(() => {
  library.close();
});

async function documentOf(trialCount: number): Promise<readonly [unknown, unknown]> {
  const run = storeSmallRun(library, smallTrials().slice(0, trialCount), { title });
  const session = library.findOrCreateSession('small');
  let written = '';
  for await (const piece of runDocumentPieces(library, session, run)) written += piece;
  return [JSON.parse(written), runDocument(session, run, library.trials(run.id))];
}

it.each([0, 1, 2])('writes piece by piece what the document of %i trials is', async (count) => {
  const [written, whole] = await documentOf(count);

  expect(written).toEqual(whole);
  expect(runDocumentSchema.safeParse(written).error).toBeUndefined();
});

it('writes the document to a file that is there only when it is complete', async () => {
  const temporary = createTemporaryFolder();
  const folder = temporary.path;
  const run = storeSmallRun(library, smallTrials(), { title });
  const session = library.findOrCreateSession('small');
  const path = join(folder, 'run.json');
  const seen: string[] = [];
  const watched: Pick<Library, 'trials'> = {
    *trials(runId) {
      for (const trial of library.trials(runId)) {
        seen.push(...readdirSync(folder).filter((name) => !name.startsWith('.')));
        yield trial;
      }
    },
  };

  await exportRunDocument(watched, session, run, path);

  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(
    runDocument(session, run, library.trials(run.id)),
  );
  expect([seen, readdirSync(folder)]).toEqual([[], ['run.json']]);
  temporary.remove();
});

it('says in one sentence why a file cannot be written', async () => {
  const run = storeSmallRun(library, []);
  const session = library.findOrCreateSession('small');

  await expect(
    exportRunDocument(library, session, run, '/no/such/folder/run.json'),
  ).rejects.toThrow('Nothing was written to /no/such/folder/run.json: there is no such folder.');
});
