import type { Command } from 'commander';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireSession } from '../library-access.ts';
import { visibilityOf } from '../listing.ts';
import type { ListingOptions } from '../listing.ts';
import { measurementsText } from '../measurement-text.ts';
import { print, printJson } from '../output.ts';

type MeasurementsOptions = Omit<ListingOptions, 'archived'> & { readonly session?: string };

function listMeasurements(options: MeasurementsOptions): Promise<void> {
  return readFromLibrary(options, async (library) => {
    const { session } = options;
    const { deleted } = visibilityOf(options);
    const measurements = library.measurements({
      deleted,
      ...(session === undefined ? {} : { sessionId: requireSession(library, session).id }),
    });
    if (options.json === true)
      await printJson({ schema: 'folio-lab/measurements@1', measurements });
    else await print(measurementsText(measurements));
  });
}

/** `measurements`: the measured files that were imported. */
export function addMeasurementsCommand(program: Command): void {
  program
    .command('measurements')
    .summary('list the measured files of the library')
    .description('Lists the measured files that were imported, the latest first.')
    .option(...LIBRARY_OPTION)
    .option('--session <session>', 'only of this session: its name or id')
    .option('--trash', 'those in the trash')
    .option('--json', 'print one JSON document (folio-lab/measurements@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('measurements')}`)
    .action((options: MeasurementsOptions) => listMeasurements(options));
}
