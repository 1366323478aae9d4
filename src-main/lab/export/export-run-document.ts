import { setImmediate as nextTurn } from 'node:timers/promises';
import { runDocument, runDocumentTrial } from '#contract';
import type { RunRecord, SessionRecord } from '#contract';
import type { Library } from '../library/index.ts';
import { exportErrorFrom } from './export-error.ts';
import { writeFilesTogether } from './unfinished-file.ts';

/** What a document without trials has in their place; no text inside it has a bare quote. */
const NO_TRIALS = '"trials":[]';

/**
 * Writes a run as the JSON document `run@1` piece by piece, so that a run of any size can be written.
 *
 * @returns Pieces that joined are one document and a line feed.
 */
export async function* runDocumentPieces(
  library: Pick<Library, 'trials'>,
  session: Pick<SessionRecord, 'id' | 'name'>,
  run: RunRecord,
): AsyncGenerator<string, void, undefined> {
  const frame = JSON.stringify(runDocument(session, run, []));
  const split = frame.indexOf(NO_TRIALS);
  const start = split + NO_TRIALS.length - 1;
  let before = frame.slice(0, start);
  for (const trial of library.trials(run.id)) {
    yield `${before}\n${JSON.stringify(runDocumentTrial(trial))}`;
    before = ',';
    await nextTurn();
  }
  yield `${before === ',' ? '\n' : before}${frame.slice(start)}\n`;
}

/**
 * Writes a run as one JSON file, `folio-lab/run@1`. A file of this name is replaced when the new one is
 * complete.
 *
 * @throws {ExportError} when the disk refuses; {LibraryError} when a trial cannot be read.
 */
export async function exportRunDocument(
  library: Pick<Library, 'trials'>,
  session: Pick<SessionRecord, 'id' | 'name'>,
  run: RunRecord,
  path: string,
): Promise<void> {
  try {
    await writeFilesTogether([path], async ([file]) => {
      for await (const piece of runDocumentPieces(library, session, run)) await file?.write(piece);
    });
  } catch (error) {
    throw exportErrorFrom(error, path);
  }
}
