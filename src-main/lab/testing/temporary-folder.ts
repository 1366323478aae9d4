import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for a test, and how to get rid of it. */
export type TemporaryFolder = { readonly path: string; readonly remove: () => void };

export function createTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'folio-lab-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
