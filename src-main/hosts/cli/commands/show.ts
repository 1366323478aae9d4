import type { Command } from 'commander';
import type { SessionRecord } from '#contract';
import type { Library } from '../../../lab/index.ts';
import { countedText } from '../figures.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireSubject, shortId } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { dayText } from '../listing.ts';
import { print, printJson } from '../output.ts';
import { printRunDocuments, runReport } from '../run-report.ts';
import { runsText } from '../runs-text.ts';

type ShowOptions = LibraryOptions & { readonly json?: true };

function stateText({ archivedAt, deletedAt }: SessionRecord): string {
  if (deletedAt !== null) return ', in the trash';
  return archivedAt === null ? '' : ', archived';
}

async function showSession(
  library: Library,
  session: SessionRecord,
  options: ShowOptions,
): Promise<void> {
  const runs = library.runs({ sessionId: session.id, archived: 'any' });
  if (options.json === true) {
    await printJson({ schema: 'folio-lab/session@1', session, runs });
    return;
  }
  const { name, createdAt, tags, notes } = session;
  const lines = [
    `session ${shortId(session)} "${name}", since ${dayText(createdAt)}: ${countedText(runs.length, 'run')}${stateText(session)}`,
    ...(tags.length === 0 ? [] : [`tags: ${tags.join(', ')}`]),
    ...(notes === '' ? [] : ['', notes]),
    '',
    runsText(runs),
  ];
  await print(lines.join('\n'));
}

function show(idOrName: string, options: ShowOptions): Promise<void> {
  return readFromLibrary(options, async (library) => {
    const subject = requireSubject(library, idOrName);
    if (subject.kind === 'session') await showSession(library, subject.session, options);
    else if (options.json === true) await printRunDocuments(library, [subject.run]);
    else await print(await runReport(library, subject.run));
  });
}

/** `show`: a run with its results, or a session with its runs. */
export function addShowCommand(program: Command): void {
  program
    .command('show')
    .summary('show a run with its results, or a session with its runs')
    .description('Shows a run with its results, or a session with its runs.')
    .argument('<id>', 'a run by its id or the beginning of it, or a session by its name or id')
    .option(...LIBRARY_OPTION)
    .option('--json', 'print one JSON document (folio-lab/run@1 or folio-lab/session@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('show "Command line"')}`)
    .action((idOrName: string, options: ShowOptions) => show(idOrName, options));
}
