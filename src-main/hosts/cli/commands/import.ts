import { basename } from 'node:path';
import type { Command } from 'commander';
import { readCostModelReference } from '#contract';
import {
  findCostModel,
  IMPORTED_FILES,
  openSessionFile,
  readMeasuredFile,
  SessionFileError,
  storeFiles,
} from '../../../lab/index.ts';
import type { ImportableFile, Library, StorableFile } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { Failure } from '../failure.ts';
import { importDocument, importText } from '../import-report.ts';
import type { ImportReport } from '../import-report.ts';
import { commandLine } from '../invocation.ts';
import { DEFAULT_SESSION, LIBRARY_OPTION, writeToLibrary } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { print, printJson } from '../output.ts';
import { EXPERIMENTS_FOLDER } from '../places.ts';

type ImportOptions = LibraryOptions & {
  readonly session: string;
  readonly name?: string;
  readonly command?: string;
  readonly json?: true;
};

/** Reads all files before anything is stored. @throws {BadInput} with every fault of every file. */
async function readFiles(
  paths: readonly string[],
  command: string | null,
): Promise<readonly ImportableFile[]> {
  const files: ImportableFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const result = await readMeasuredFile(path, command);
    if (result.ok) files.push(result.file);
    else problems.push(...result.problems);
  }
  if (problems.length > 0) throw new BadInput(...problems);
  return files;
}

/** A model of the library must not stand behind a built-in one. */
async function checkModelName(id: string): Promise<void> {
  const reference = readCostModelReference(id);
  if (reference === null || reference.version !== null || id.endsWith('.json')) {
    throw new BadInput(
      `found the cost model "${id}"; allowed: a name of letters, digits, dots, dashes and underscores that does not end in .json`,
    );
  }
  if (!(await findCostModel(EXPERIMENTS_FOLDER, id)).ok) return;
  throw new BadInput(
    `there is a built-in cost model ${id}; --name gives the imported one another name`,
  );
}

async function importSession(library: Library, path: string): Promise<ImportReport> {
  try {
    const file = await openSessionFile(path);
    try {
      const merged = { ...file.importInto(library), fileName: basename(path) };
      return { session: null, stored: [], merged };
    } finally {
      file.close();
    }
  } catch (error) {
    if (!(error instanceof SessionFileError)) throw error;
    const sentence = error.message.replace(/\.$/, '');
    throw error.code === 'library-failed' ? new Failure(sentence) : new BadInput(sentence);
  }
}

function storeAll(
  library: Library,
  files: readonly StorableFile[],
  options: ImportOptions,
): ImportReport {
  const target = { session: options.session, name: options.name ?? null };
  const stored = storeFiles(library, files, target);
  const isMeasured = files.some(({ kind }) => kind === 'measurement');
  return {
    session: isMeasured ? library.findSession(options.session) : null,
    stored,
    merged: null,
  };
}

function checkOptions(files: readonly ImportableFile[], { name, command }: ImportOptions): void {
  const [session] = files.filter(({ kind }) => kind === 'session-file');
  if (session !== undefined && files.length > 1) {
    throw new BadInput(
      `${session.fileName} is a session file; allowed: a session file by itself, or any number of other files`,
    );
  }
  if (name !== undefined && files.length > 1) {
    throw new BadInput('--name: names one file; import one file, or leave the names to the files');
  }
  if (session !== undefined && (name !== undefined || command !== undefined)) {
    throw new BadInput('--name, --command: a session file keeps its names; leave them out');
  }
}

async function importFiles(paths: readonly string[], options: ImportOptions): Promise<void> {
  const files = await readFiles(paths, options.command ?? null);
  checkOptions(files, options);
  const storable: StorableFile[] = [];
  for (const file of files) {
    if (file.kind === 'cost-model') await checkModelName(options.name ?? file.costModel.id);
    if (file.kind !== 'session-file') storable.push(file);
  }
  const [session] = files.filter((file) => file.kind === 'session-file');
  await writeToLibrary(options, async (library) => {
    const report =
      session === undefined
        ? storeAll(library, storable, options)
        : await importSession(library, session.path);
    if (options.json === true) await printJson(importDocument(report));
    else await print(importText(report));
  });
}

/** `import`: measured files, cost models and session files into the library. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .summary('bring measured files, cost models or a session file into the library')
    .description(
      `Brings files into the library, all of them or none: ${IMPORTED_FILES}. What a file is, its content says. A file adds nothing to a session that has it already; another session gets a measurement of its own. Nor do figures add anything that a version of their cost model has, nor runs of a session file that the library has.`,
    )
    .argument('<file...>', 'the files; a session file comes by itself')
    .option(...LIBRARY_OPTION)
    .option(
      '--session <name>',
      'the session the measurements belong to; made when there is none',
      DEFAULT_SESSION,
    )
    .option('--name <name>', 'instead of the name of the file, or of the cost model')
    .option('--command <line>', 'the command line that made the files, such as "gup_test -a -m 64"')
    .option('--json', 'print one JSON document (folio-lab/import@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('import pin-register.csv')}`)
    .action((files: readonly string[], options: ImportOptions) => importFiles(files, options));
}
