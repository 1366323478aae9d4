import { join } from 'node:path';
import type { LabDescription, Reply, RequestName, RequestOutput } from '#contract';
import {
  libraryWords,
  openDrafts,
  openLibrary,
  openPlanner,
  readEnvironment,
} from '../../lab/index.ts';
import type { Library, LibraryOptions } from '../../lab/index.ts';
import { calibrationHandlers } from './calibration-handlers.ts';
import { catalogueHandlers } from './catalogue-handlers.ts';
import { createEventHub } from './event-hub.ts';
import type { EventHub } from './event-hub.ts';
import type { FileExchange } from './file-exchange.ts';
import { fileHandlers } from './file-handlers.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { libraryHandlers } from './library-handlers.ts';
import { measurementHandlers } from './measurement-handlers.ts';
import { OpenedFiles } from './opened-files.ts';
import { isRequestName, parseRequest } from './parse-request.ts';
import { failureReply, RequestFailure } from './request-failure.ts';
import { resultHandlers } from './result-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { RunQueue } from './run-queue.ts';

export type LaboratoryOptions = {
  readonly host: LabDescription['host'];
  /** What starts the command line, for "Copy as command". */
  readonly command: string;
  /** The folder of the application: it has package.json and the experiments. */
  readonly applicationFolder: string;
  readonly libraryPath: string;
  readonly libraryOptions?: LibraryOptions;
  /** The files of the threads: those of the source, or bundles of them. */
  readonly workers: { readonly simulation: URL; readonly planning: URL };
  readonly files: FileExchange;
  /** Takes errors that nobody foresaw, for whoever mends them. */
  readonly report: (error: unknown) => void;
};

/** The laboratory as a host with a window sees it. */
export type Laboratory = {
  readonly description: LabDescription;
  /**
   * Answers one request, whatever was sent: a reply with a code when it cannot be done, and never an
   * exception. Whether the sender may ask is for the caller to decide before.
   */
  readonly answer: (name: string, input: unknown) => Promise<Reply<unknown>>;
  readonly subscribe: EventHub['subscribe'];
  readonly queue: Pick<RunQueue, 'activeRunIds' | 'cancelAll'>;
  /** Ends what is under way and closes the library; runs that are not over become interrupted. */
  readonly close: () => Promise<void>;
};

/** How often the library is asked whether another process changed it. Unit: milliseconds. */
const WATCH_INTERVAL_MS = 1_000;
/** Between two looks for runs of other processes that were cut off. Unit: rounds of watching. */
const ROUNDS_BETWEEN_INTERRUPTED = 30;

function createHandlers(context: LabContext): RequestHandlers {
  return {
    ...catalogueHandlers(context),
    ...libraryHandlers(context),
    ...resultHandlers(context),
    ...runHandlers(context),
    ...fileHandlers(context),
    ...measurementHandlers(context),
    ...calibrationHandlers(context),
  } satisfies RequestHandlers;
}

/** Parses, does, replies. */
async function answerWith<Name extends RequestName>(
  handlers: RequestHandlers,
  name: Name,
  input: unknown,
): Promise<Reply<RequestOutput<Name>>> {
  const value = await handlers[name](parseRequest(name, input));
  return { ok: true, value };
}

/** Tells the windows when another process changed the library. @returns What ends the watch. */
function watchLibrary(
  library: Library,
  changed: () => void,
  report: (error: unknown) => void,
): () => void {
  let version = library.dataVersion();
  let round = 0;
  const look = (): void => {
    round += 1;
    const isTurn = round % ROUNDS_BETWEEN_INTERRUPTED === 0;
    const interrupted = isTurn ? library.markInterruptedRuns() : [];
    const found = library.dataVersion();
    if (found === version && interrupted.length === 0) return;
    version = found;
    changed();
  };
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      report(error);
    }
  }, WATCH_INTERVAL_MS);
  return () => clearInterval(timer);
}

type QueueOptions = Pick<LaboratoryOptions, 'report'> & { readonly workerUrl: URL };

function openQueue(
  library: Library,
  environment: Awaited<ReturnType<typeof readEnvironment>>,
  events: EventHub,
  libraryHasChanged: () => void,
  { workerUrl, report }: QueueOptions,
): RunQueue {
  return new RunQueue({
    library,
    environment,
    workerUrl,
    onProgress: (runId, { trialsDone, trialsPlanned, iosPerSecond, secondsLeft }) =>
      events.tellSoon(`progress of ${runId}`, {
        name: 'runProgressed',
        payload: {
          runId,
          finishedTrials: trialsDone,
          plannedTrials: trialsPlanned,
          iosPerSecond: iosPerSecond ?? 0,
          remainingSeconds: secondsLeft,
        },
      }),
    onEnd: ({ id, status }) => {
      events.forget(`progress of ${id}`);
      events.tell({ name: 'runEnded', payload: { runId: id, status } });
      libraryHasChanged();
    },
    onFailure: (runId, error) => {
      report(error);
      events.forget(`progress of ${runId}`);
      events.tell({ name: 'runEnded', payload: { runId, status: 'failed' } });
      libraryHasChanged();
    },
  });
}

/**
 * Opens the library and everything that works on it.
 *
 * @throws {LibraryError} when the library cannot be opened: the host tells its user.
 */
export async function openLaboratory(options: LaboratoryOptions): Promise<Laboratory> {
  const { host, command, applicationFolder, libraryPath, workers, files } = options;
  let isClosing = false;
  const report = (error: unknown): void => {
    // What is cut off by the end is no news.
    if (!isClosing) options.report(error);
  };
  const environment = await readEnvironment(applicationFolder);
  const libraryOptions = options.libraryOptions ?? {};
  const library = openLibrary(libraryPath, libraryOptions);
  const events = createEventHub();
  const libraryHasChanged = (): void =>
    events.tellSoon('library', { name: 'libraryChanged', payload: null });
  const queue = openQueue(library, environment, events, libraryHasChanged, {
    workerUrl: workers.simulation,
    report,
  });
  const planner = openPlanner(workers.planning);
  const fitter = openPlanner(workers.planning);
  const opened = new OpenedFiles();
  const { applicationVersion, coreVersion } = environment;
  const description = {
    ...{ host, applicationVersion, coreVersion, libraryPath: library.path, command },
    libraryWords: libraryWords(library.path, 'another'),
    interruptedRunIds: library.interruptedRuns.map(({ id }) => id),
  };
  const handlers = createHandlers({
    description,
    experimentsFolder: join(applicationFolder, 'experiments'),
    library,
    libraryOptions,
    planner,
    fitter,
    queue,
    drafts: openDrafts(library.path),
    files,
    opened,
    libraryHasChanged,
  });
  const endWatch = watchLibrary(library, libraryHasChanged, report);

  return {
    description,
    answer: async (name, input) => {
      try {
        if (isRequestName(name)) return await answerWith(handlers, name, input);
        throw new RequestFailure('bad-input', `There is no request ${JSON.stringify(name)}.`);
      } catch (error) {
        return failureReply(error, report);
      }
    },
    subscribe: events.subscribe,
    queue: {
      activeRunIds: () => queue.activeRunIds(),
      cancelAll: () => queue.cancelAll(),
    },
    close: async () => {
      isClosing = true;
      endWatch();
      events.close();
      opened.close();
      library.close();
      // Their threads end; that nothing more of them can be stored is what was asked for.
      await Promise.all([queue.cancelAll(), planner.close(), fitter.close()]);
    },
  };
}
