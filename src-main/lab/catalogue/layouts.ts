import { join } from 'node:path';
import { suggestNames } from '#contract';
import { PAGE_BYTES } from '#core';
import type { Layout } from '#core';
import { readLayoutCsv } from '../import/layout-csv.ts';
import { isPath, listCatalogueFiles } from './catalogue-folder.ts';
import type { CatalogueFile, Found } from './catalogue-folder.ts';
import { isLayoutSpec, LAYOUT_SPEC_FORMS, layoutFromSpecText } from './layout-spec-text.ts';

/** A layout that came with the laboratory, and what it is made of. */
export type CatalogueLayout = {
  readonly id: string;
  readonly path: string;
  readonly extents: number;
  /** Unit: bytes. */
  readonly mappedBytes: number;
  readonly smallestOrder: number;
  readonly largestOrder: number;
};

const ENDING = '.csv';

function layoutFiles(experimentsFolder: string): Promise<readonly CatalogueFile[]> {
  return listCatalogueFiles(join(experimentsFolder, 'layouts'), ENDING);
}

async function readLayout(path: string): Promise<Found<Layout>> {
  const read = await readLayoutCsv(path);
  return read.ok ? { ok: true, value: read.layout } : { ok: false, message: read.problem.message };
}

/**
 * Finds or builds the layout an argument means.
 *
 * @param experimentsFolder  The folder of the built-in experiments.
 * @param argument           A specification (`LAYOUT_SPEC_FORMS`), the id of a built-in layout, or the
 *   path of a CSV file.
 * @returns The layout, or one sentence: what was found, where, and what is allowed.
 */
export async function layoutFromArgument(
  experimentsFolder: string,
  argument: string,
): Promise<Found<Layout>> {
  if (isLayoutSpec(argument)) return layoutFromSpecText(argument);
  if (isPath(argument, ENDING)) return readLayout(argument);
  const files = await layoutFiles(experimentsFolder);
  const file = files.find(({ id }) => id === argument);
  if (file !== undefined) return readLayout(file.path);
  const known = files.map(({ id }) => id);
  return {
    ok: false,
    message: `there is no layout ${argument}; ${suggestNames(argument, known)}, a CSV file, or ${LAYOUT_SPEC_FORMS}`,
  };
}

/**
 * All built-in layouts, by id.
 *
 * @throws {Error} for a file that is no layout: what is built in is complete, or broken.
 */
export async function listLayouts(experimentsFolder: string): Promise<readonly CatalogueLayout[]> {
  const layouts: CatalogueLayout[] = [];
  for (const { id, path } of await layoutFiles(experimentsFolder)) {
    const found = await readLayout(path);
    if (!found.ok) throw new Error(found.message);
    const { length, mappedPages, order } = found.value;
    layouts.push({
      id,
      path,
      extents: length,
      mappedBytes: mappedPages * PAGE_BYTES,
      smallestOrder: order.reduce((least, each) => Math.min(least, each)),
      largestOrder: order.reduce((most, each) => Math.max(most, each)),
    });
  }
  return layouts;
}
