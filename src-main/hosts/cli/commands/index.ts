import type { Command } from 'commander';

/** Adds one command with its options, help and action. */
export type AddCommand = (program: Command) => void;

/**
 * Every command, in the order of the help. Each brings the parts of the laboratory it needs, so that
 * the quick ones start without a database.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  run: async () => (await import('./run.ts')).addRunCommand,
  resume: async () => (await import('./resume.ts')).addResumeCommand,
  explain: async () => (await import('./explain.ts')).addExplainCommand,
  compare: async () => (await import('./compare.ts')).addCompareCommand,
  validate: async () => (await import('./validate.ts')).addValidateCommand,
  predict: async () => (await import('./predict.ts')).addPredictCommand,
  calibrate: async () => (await import('./calibrate.ts')).addCalibrateCommand,
  race: async () => (await import('./race.ts')).addRaceCommand,
  contend: async () => (await import('./contend.ts')).addContendCommand,
  'capture-layout': async () => (await import('./capture-layout.ts')).addCaptureLayoutCommand,
  list: async () => (await import('./list.ts')).addListCommand,
  sessions: async () => (await import('./sessions.ts')).addSessionsCommand,
  runs: async () => (await import('./runs.ts')).addRunsCommand,
  measurements: async () => (await import('./measurements.ts')).addMeasurementsCommand,
  show: async () => (await import('./show.ts')).addShowCommand,
  export: async () => (await import('./export.ts')).addExportCommand,
  import: async () => (await import('./import.ts')).addImportCommand,
  archive: async () => (await import('./archive.ts')).addArchiveCommand,
  delete: async () => (await import('./delete.ts')).addDeleteCommand,
  restore: async () => (await import('./restore.ts')).addRestoreCommand,
  serve: async () => (await import('./serve.ts')).addServeCommand,
};
