import { fileURLToPath } from 'node:url';

/** The folder of the application, which holds its package.json. Ends in a separator. */
export const APPLICATION_FOLDER = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder of the built-in experiments, layouts and cost models. */
export const EXPERIMENTS_FOLDER = fileURLToPath(new URL('../../../experiments', import.meta.url));

/** What a simulating thread runs. */
export const WORKER_URL = new URL('../../lab/queue/simulation.worker.ts', import.meta.url);
