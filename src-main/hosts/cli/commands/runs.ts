import type { Command } from 'commander';
import type { Library } from '../../../lab/index.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireSession } from '../library-access.ts';
import { visibilityOf } from '../listing.ts';
import type { ListingOptions } from '../listing.ts';
import { print, printJson } from '../output.ts';
import { runsText } from '../runs-text.ts';

type RunsOptions = ListingOptions & { readonly session?: string };

function sessionFilter(library: Library, session: string | undefined): { sessionId?: string } {
  return session === undefined ? {} : { sessionId: requireSession(library, session).id };
}

function listRuns(options: RunsOptions): Promise<void> {
  return readFromLibrary(options, async (library) => {
    const filter = { ...visibilityOf(options), ...sessionFilter(library, options.session) };
    const runs = library.runs(filter);
    if (options.json === true) await printJson({ schema: 'folio-lab/runs@1', runs });
    else await print(runsText(runs));
  });
}

/** `runs`: what was run. */
export function addRunsCommand(program: Command): void {
  program
    .command('runs')
    .summary('list the runs of the library')
    .description('Lists the runs of the library, the newest first.')
    .option(...LIBRARY_OPTION)
    .option('--session <session>', 'only of this session: its name or id')
    .option('--archived', 'those that were archived')
    .option('--trash', 'those in the trash')
    .option('--json', 'print one JSON document (folio-lab/runs@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('runs')}`)
    .action((options: RunsOptions) => listRuns(options));
}
