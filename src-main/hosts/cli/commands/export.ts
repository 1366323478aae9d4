import type { Command } from 'commander';
import { costModelText, readCostModelReference } from '#contract';
import { exportCsv, exportRunDocument, exportText } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { costModelFromArgument } from '../cost-model-argument.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireRun } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { print } from '../output.ts';
import { prepareOutputFolder } from '../output-folder.ts';

type ExportOptions = LibraryOptions & {
  readonly csv?: string;
  readonly json?: string;
  readonly costModel?: string;
};

async function exportModel(costModel: string, options: ExportOptions): Promise<void> {
  const { json, csv } = options;
  if (json === undefined || csv !== undefined) {
    throw new BadInput('--cost-model: is written as one file; it takes --json <file> and no --csv');
  }
  const model = await costModelFromArgument(costModel, options);
  // In its file a model has its name: versions are the library's.
  const id = readCostModelReference(model.id)?.id ?? model.id;
  await exportText(costModelText({ ...model, id }), json);
  await print(json);
}

function exportAll(ids: readonly string[], options: ExportOptions): Promise<void> {
  if (options.costModel === undefined) {
    if (ids.length > 0) return exportRuns(ids, options);
    throw new BadInput('export: nothing is named; it takes runs, or --cost-model <model>');
  }
  if (ids.length === 0) return exportModel(options.costModel, options);
  throw new BadInput('--cost-model: is exported by itself; leave out the runs');
}

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

/** `export`: runs as CSV tables or as a JSON document, or a cost model as its file. */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .summary('write runs as CSV tables, a run as a JSON document, or a cost model as a file')
    .description(
      'Writes runs as four CSV tables, one run as a JSON document, or a cost model as a file that can be imported, and prints the paths.',
    )
    .argument('[run...]', 'runs by their ids or the beginnings of them')
    .option(...LIBRARY_OPTION)
    .option('--csv <folder>', 'write trials.csv, latency.csv, events.csv and allocations.csv')
    .option('--json <file>', 'write one JSON document (folio-lab/run@1 or folio-lab/cost-model@1)')
    .option('--cost-model <model>', 'a cost model instead of runs: its id, or its id and version')
    .addHelpText('after', () => `\nExample: ${commandLine('export 1a2b3c4d --csv results')}`)
    .action((ids: readonly string[], options: ExportOptions) => exportAll(ids, options));
}
