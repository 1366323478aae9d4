import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reply, RequestInput, RequestName, RequestOutput } from '#contract';
import { openLaboratory } from '../../src-main/hosts/requests/index.ts';
import type { FileExchange, LabEvent, Laboratory } from '../../src-main/hosts/requests/index.ts';

export const APPLICATION_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

const lab = new URL('../../src-main/lab/', import.meta.url);
export const SOURCE_WORKERS = {
  simulation: new URL('queue/simulation.worker.ts', lab),
  planning: new URL('planning/planning.worker.ts', lab),
} as const;

/** What the user does when a dialog opens; null for one who changes their mind. */
export type TestUser = {
  chosenPath: string | null;
  /** Recent files that were opened again. */
  readonly reopened: string[];
};

/** Dialogs that a user answers at once. */
function filesOf(user: TestUser): FileExchange {
  return {
    open: () => {
      const path = user.chosenPath;
      return Promise.resolve(
        path === null ? null : { path, fileName: basename(path), isOriginal: true },
      );
    },
    recentFiles: () => (user.chosenPath === null ? [] : [user.chosenPath]),
    openRecentFile: (path) => user.reopened.push(path),
    save: async (_name, _kind, write) => {
      const path = user.chosenPath;
      if (path === null) return { kind: 'cancelled' };
      await write(path);
      return { kind: 'saved', path };
    },
    saveFolder: async (name, write) => {
      if (user.chosenPath === null) return { kind: 'cancelled' };
      const path = join(user.chosenPath, name);
      await write(path);
      return { kind: 'saved', path };
    },
  };
}

/** A laboratory with a library of its own. */
export type TestLaboratory = {
  readonly laboratory: Laboratory;
  /** Empty but for the library, and removed at the end. */
  readonly folder: string;
  readonly libraryPath: string;
  readonly user: TestUser;
  readonly events: LabEvent[];
  /** Errors nobody foresaw. */
  readonly reported: unknown[];
  readonly ask: <Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
  ) => Promise<Reply<RequestOutput<Name>>>;
  /** The value of a reply; fails the test when there is none. */
  readonly get: <Name extends RequestName>(
    name: Name,
    input: RequestInput<Name>,
  ) => Promise<RequestOutput<Name>>;
  readonly close: () => Promise<void>;
};

/** Opens a laboratory in a new temporary folder. */
export async function openTestLaboratory(): Promise<TestLaboratory> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  const libraryPath = join(folder, 'library.db');
  const user: TestUser = { chosenPath: null, reopened: [] };
  const reported: unknown[] = [];
  const laboratory = await openLaboratory({
    host: 'web',
    command: 'folio-lab',
    applicationFolder: APPLICATION_FOLDER,
    libraryPath,
    workers: SOURCE_WORKERS,
    files: filesOf(user),
    report: (error) => reported.push(error),
  });
  const events: LabEvent[] = [];
  laboratory.subscribe((event) => events.push(event));
  return {
    laboratory,
    folder,
    libraryPath,
    user,
    events,
    reported,
    ask: (name, input) => laboratory.answer(name, input) as Promise<Reply<never>>,
    get: async (name, input) => {
      const reply = await laboratory.answer(name, input);
      if (!reply.ok) throw new Error(`${name}: ${reply.code}: ${reply.message}`);
      return reply.value as never;
    },
    close: async () => {
      await laboratory.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An experiment of a few small trials, as a window would send it. */
export function experimentText(
  changes: { readonly count?: number; readonly replicates?: number } = {},
): string {
  const { count = 200, replicates = 1 } = changes;
  return `schema: folio-lab/experiment@1
name: small
title: A small experiment
question: Does it work?
seed: 7
replicates: ${replicates}
layouts:
  - name: base
    uniform: { size: 2MiB, order: 0, frames: scattered }
workload:
  api: direct-io
  operation: write
  blockSize: 64KiB
  access: random
  count: ${count}
strategies:
  - { id: per-page }
  - { id: folio-vec }
costModel: textbook
`;
}

/** Waits until something holds; the test's own time limit ends a wait in vain. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
