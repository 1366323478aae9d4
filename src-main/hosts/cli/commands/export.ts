import type { Command } from 'commander';
import { exportCsv, exportRunDocument } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireRun } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { print } from '../output.ts';
import { prepareOutputFolder } from '../output-folder.ts';

type ExportOptions = LibraryOptions & { readonly csv?: string; readonly json?: string };

function exportRuns(ids: readonly string[], options: ExportOptions): Promise<void> {
  const { csv, json } = options;
  if (csv === undefined && json === undefined) {
    throw new BadInput('export: nothing to write; it takes --csv <folder>, --json <file> or both');
  }
  if (json !== undefined && ids.length > 1) {
    throw new BadInput('--json: one file holds one run; name one run, or export tables with --csv');
  }
  return readFromLibrary(options, async (library) => {
    const runs = ids.map((id) => requireRun(library, id));
    const [first] = runs;
    if (csv !== undefined) prepareOutputFolder(csv);
    const paths = csv === undefined ? [] : await exportCsv(library, runs, csv);
    if (json !== undefined && first !== undefined) {
      const session = library.findSession(first.sessionId);
      const name = session?.name ?? first.sessionId;
      await exportRunDocument(library, { id: first.sessionId, name }, first, json);
    }
    await print([...paths, ...(json === undefined ? [] : [json])].join('\n'));
  });
}

/** `export`: runs as CSV tables or as a JSON document. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .summary('write runs as CSV tables, or a run as a JSON document')
    .description(
      'Writes runs as four CSV tables, or one run as a JSON document, and prints the paths.',
    )
    .argument('<run...>', 'runs by their ids or the beginnings of them')
    .option(...LIBRARY_OPTION)
    .option('--csv <folder>', 'write trials.csv, latency.csv, events.csv and allocations.csv')
    .option('--json <file>', 'write one JSON document (folio-lab/run@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('export 1a2b3c4d --csv results')}`)
    .action((ids: readonly string[], options: ExportOptions) => exportRuns(ids, options));
}
