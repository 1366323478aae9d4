import { fileURLToPath } from 'node:url';

// This file is bundled into out/main: what lies beside the bundle is relative to it.

const folder = new URL('./', import.meta.url);
/** The bundles of a host lie in out/main, or in a folder of it for what they share. */
const main = folder.pathname.endsWith('/chunks/') ? new URL('../', folder) : folder;

/** The folder of the application: it has package.json and the experiments. */
export const APPLICATION_FOLDER = fileURLToPath(new URL('../../', main));
export const WINDOW_FOLDER = fileURLToPath(new URL('../renderer/', main));
export const PRELOAD_FILE = fileURLToPath(new URL('../preload/index.cjs', main));
export const MIGRATIONS_FOLDER = new URL('migrations/', main);
export const WORKERS = {
  simulation: new URL('simulation.worker.js', main),
  planning: new URL('planning.worker.js', main),
} as const;
