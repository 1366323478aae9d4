import type { LabBridge, LabEventName, LabEventPayload } from '#contract';
import { createEventSource } from './event-source.ts';
import { EMPTY_CONTENTS } from './lab-contents.ts';
import type { LabContents, SampleTrials } from './lab-contents.ts';
import { createMemoryCalibrations } from './memory-calibrations.ts';
import { memoryFiles } from './memory-files.ts';
import type { SavedFile } from './memory-files.ts';
import { memoryLabelling } from './memory-labelling.ts';
import { createMemoryLibrary } from './memory-library.ts';
import type { MemoryLibrary } from './memory-library.ts';
import { createMemoryMeasurements } from './memory-measurements.ts';
import { memoryReading } from './memory-reading.ts';
import { createMemoryRuns } from './memory-runs.ts';
import type { RunPace } from './memory-runs.ts';

export type MemoryLabOptions = {
  readonly pace?: RunPace;
  readonly now?: () => string;
  readonly loadTrials?: () => Promise<SampleTrials>;
};

/** A laboratory in memory: a bridge for the window, and what a test may see and do behind it. */
export type MemoryLab = {
  readonly bridge: LabBridge;
  readonly library: MemoryLibrary;
  /** What was saved, oldest first. */
  readonly saved: readonly SavedFile[];
  readonly tell: <Name extends LabEventName>(name: Name, payload: LabEventPayload<Name>) => void;
};

/**
 * Makes a laboratory in memory. It answers as the real one does, by its own rules where a window
 * could tell the difference, and simulates nothing.
 *
 * @param options.pace        How long its runs take.
 * @param options.now         The time, ISO 8601.
 * @param options.loadTrials  Called when a trial is asked for.
 */
export function createMemoryLab(
  contents: LabContents = EMPTY_CONTENTS,
  options: MemoryLabOptions = {},
): MemoryLab {
  const {
    pace = { durationMs: 3000 },
    now = () => new Date().toISOString(),
    loadTrials = () => Promise.resolve({}),
  } = options;
  const library = createMemoryLibrary(contents.sessions, contents.runs, now);
  const events = createEventSource();
  const saved: SavedFile[] = [];
  const libraryHasChanged = (): void => events.tell('libraryChanged', null);
  const measurements = createMemoryMeasurements(
    contents.measurements,
    contents.arrivingMeasurements,
    libraryHasChanged,
    contents.exampleMeasurements,
  );
  const bridge: LabBridge = {
    ...memoryReading(contents, library, loadTrials),
    ...memoryLabelling(library, measurements, libraryHasChanged, now),
    ...measurements.requests,
    ...createMemoryCalibrations(contents, measurements, libraryHasChanged),
    ...memoryFiles(contents, library, saved),
    ...createMemoryRuns(contents, library, events, pace, now),
    ...events.subscriptions,
  };
  return { bridge, library, saved, tell: events.tell };
}
