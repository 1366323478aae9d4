import type { Command } from 'commander';
import type { SessionRecord } from '#contract';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, shortId } from '../library-access.ts';
import { print, printJson } from '../output.ts';
import { textTable } from '../text-table.ts';
import { dayText, visibilityOf } from '../listing.ts';
import type { ListingOptions } from '../listing.ts';

function sessionsText(sessions: readonly SessionRecord[]): string {
  if (sessions.length === 0) return 'No session.';
  return textTable(sessions, [
    { title: 'session', align: 'left', text: shortId },
    { title: 'name', align: 'left', text: ({ name }) => name },
    { title: 'runs', align: 'right', text: ({ runCount }) => String(runCount) },
    { title: 'created', align: 'left', text: ({ createdAt }) => dayText(createdAt) },
    { title: 'tags', align: 'left', text: ({ tags }) => tags.join(', ') },
  ]);
}

function listSessions(options: ListingOptions): Promise<void> {
  return readFromLibrary(options, async (library) => {
    const sessions = library.sessions(visibilityOf(options));
    if (options.json === true) await printJson({ schema: 'folio-lab/sessions@1', sessions });
    else await print(sessionsText(sessions));
  });
}

/** `sessions`: the notebooks of the library. */
export function addSessionsCommand(program: Command): void {
  program
    .command('sessions')
    .summary('list the sessions of the library')
    .description('Lists the sessions of the library, the newest first.')
    .option(...LIBRARY_OPTION)
    .option('--archived', 'those that were archived')
    .option('--trash', 'those in the trash')
    .option('--json', 'print one JSON document (folio-lab/sessions@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('sessions')}`)
    .action((options: ListingOptions) => listSessions(options));
}
