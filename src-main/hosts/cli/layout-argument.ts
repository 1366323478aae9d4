import type { Layout } from '#core';
import type { MeasurementDocument, MeasurementRecord } from '#contract';
import { layoutFromArgument, layoutFromRows } from '../../lab/index.ts';
import type { Library } from '../../lab/index.ts';
import { BadInput, takeFound } from './bad-input.ts';
import { commandLine } from './invocation.ts';
import { readFromLibrary } from './library-access.ts';
import type { LibraryOptions } from './library-access.ts';
import { EXPERIMENTS_FOLDER } from './places.ts';

/** In front of the name or id of a layout that was imported. */
const LIBRARY_PREFIX = 'library:';

/** The imported layout of this id, or else of this name. @throws {BadInput} when there is not one. */
function requireLayout(library: Library, wanted: string): MeasurementRecord {
  const named = library
    .measurements()
    .filter(({ kind, name }) => kind === 'layout' && name === wanted);
  const [first, second] = named;
  if (second !== undefined) {
    throw new BadInput(
      `--layout: ${named.length} imported layouts are called ${wanted}; give the id of one: ${named.map(({ id }) => id).join(', ')}`,
    );
  }
  const found = first ?? library.findMeasurement(wanted);
  if (found?.kind === 'layout') return found;
  throw new BadInput(
    `--layout: there is no imported layout ${wanted}; "${commandLine('measurements')}" lists them`,
  );
}

function layoutOf(document: MeasurementDocument): Layout {
  if (document.kind !== 'layout') throw new BadInput('--layout: this measurement is no layout');
  return takeFound(layoutFromRows(document.rows), '--layout');
}

/**
 * Finds or builds what `--layout` names. The library is opened only for `library:` and a name.
 *
 * @throws {BadInput} when there is no such layout.
 */
export async function layoutFromOption(argument: string, options: LibraryOptions): Promise<Layout> {
  if (!argument.startsWith(LIBRARY_PREFIX)) {
    return takeFound(await layoutFromArgument(EXPERIMENTS_FOLDER, argument), '--layout');
  }
  const wanted = argument.slice(LIBRARY_PREFIX.length);
  return readFromLibrary(options, (library) =>
    layoutOf(library.measurementDocument(requireLayout(library, wanted).id)),
  );
}
