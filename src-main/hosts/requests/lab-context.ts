import type { LabDescription, RequestName, RequestOutput } from '#contract';
import type { DraftStore, Library, LibraryOptions, Planner } from '../../lab/index.ts';
import type { FileExchange } from './file-exchange.ts';
import type { OpenedFiles } from './opened-files.ts';
import type { ParsedInput } from './parse-request.ts';
import type { RunQueue } from './run-queue.ts';

/** What the handlers of all requests share. */
export type LabContext = {
  readonly description: LabDescription;
  /** The folder of the built-in experiments. */
  readonly experimentsFolder: string;
  readonly library: Library;
  readonly libraryOptions: LibraryOptions;
  readonly planner: Planner;
  /** Another thread, for fits: what takes seconds holds up no design. */
  readonly fitter: Planner;
  readonly queue: RunQueue;
  readonly drafts: DraftStore;
  readonly files: FileExchange;
  readonly opened: OpenedFiles;
  /** Says that sessions or runs are not what they were. */
  readonly libraryHasChanged: () => void;
};

/** One function for each request. A request without one does not compile. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    input: ParsedInput<Name>,
  ) => RequestOutput<Name> | Promise<RequestOutput<Name>>;
};
