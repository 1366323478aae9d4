import type { Strategy, TrialResult, TracerMode, Workload } from '#core';

/** The version of the records below; stored results of older versions are upgraded one step at a time. */
export const RECORD_VERSION = 2;

/** Where and with what a run was made. */
export type Environment = {
  readonly applicationVersion: string;
  /** Commit of the checkout, with `+` when it had changes; null outside one. */
  readonly commit: string | null;
  readonly coreVersion: string;
  readonly recordVersion: number;
  readonly host: string;
  readonly processor: string;
  readonly operatingSystem: string;
  readonly runtime: string;
};

export type RunStatus = 'running' | 'finished' | 'cancelled' | 'failed' | 'interrupted';

/** A named notebook of runs. */
export type SessionRecord = {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  readonly tags: readonly string[];
  /** ISO 8601, UTC; so are all times below. */
  readonly createdAt: string;
  readonly archivedAt: string | null;
  readonly deletedAt: string | null;
  readonly runCount: number;
};

/** One execution of an experiment. Immutable but for its notes, tags, star, archive and trash marks. */
export type RunRecord = {
  /** UUID. */
  readonly id: string;
  readonly sessionId: string;
  readonly experimentName: string;
  readonly title: string;
  readonly status: RunStatus;
  /** Why it failed, in a sentence; null otherwise. */
  readonly failure: string | null;
  readonly seed: number;
  /** The experiment file as it was run, after `--set`, as YAML. */
  readonly experimentText: string;
  readonly environment: Environment;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly plannedTrials: number;
  readonly finishedTrials: number;
  /** The run this one resumes or repeats; null for a first run. */
  readonly parentRunId: string | null;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly isStarred: boolean;
  readonly archivedAt: string | null;
  readonly deletedAt: string | null;
  readonly expectations: readonly ExpectationRecord[];
};

/** One `expect` entry of an experiment and what was found. */
export type ExpectationRecord = {
  readonly text: string;
  readonly holds: boolean;
  /** What was found, in words with units. */
  readonly found: string;
};

/** Everything that identifies a trial and decides its result, by value. */
export type TrialParameters = {
  /** Digest: equal parameters, equal id, everywhere. */
  readonly id: string;
  /** Place in the run's plan, from 0. */
  readonly position: number;
  readonly layoutName: string;
  readonly layoutDigest: string;
  readonly workload: Workload;
  readonly strategy: Strategy;
  readonly costModelId: string;
  readonly costModelDigest: string;
  readonly tracer: TracerMode;
  readonly seed: number;
  readonly replicate: number;
};

/** A trial as the library keeps it. */
export type StoredTrial = { readonly parameters: TrialParameters; readonly result: TrialResult };
