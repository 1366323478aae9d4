import type { Command } from 'commander';
import type { MeasurementRecord, RunRecord, SessionRecord } from '#contract';
import type { Library } from '../../lab/index.ts';
import { BadInput } from './bad-input.ts';
import { commandLine } from './invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireSubject, shortId } from './library-access.ts';
import type { LibraryOptions, Subject } from './library-access.ts';
import { print } from './output.ts';

/** A run, measurement or session as a sentence names it. */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case 'run':
      return `run ${shortId(subject.run)} (${subject.run.experimentName})`;
    case 'measurement':
      return `measurement ${shortId(subject.measurement)} "${subject.measurement.name}"`;
    case 'session':
      return `session "${subject.session.name}"`;
  }
}

/** The record that a subject is. */
export function recordOf(subject: Subject): RunRecord | MeasurementRecord | SessionRecord {
  switch (subject.kind) {
    case 'run':
      return subject.run;
    case 'measurement':
      return subject.measurement;
    case 'session':
      return subject.session;
  }
}

/** The id of a run, measurement or session. */
export function idOf(subject: Subject): string {
  return recordOf(subject).id;
}

/** A command that does the same to each record it is given. */
export type PutAwayCommand = {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** What it takes: everything, or runs and sessions only. */
  readonly takes: 'everything' | 'runs-and-sessions';
  /** @returns What was done, as a line. */
  readonly act: (library: Library, subject: Subject, isForGood: boolean) => string;
};

type PutAwayOptions = LibraryOptions & { readonly forGood?: true };

const RUNS_AND_SESSIONS =
  'runs by their ids or the beginnings of them, sessions by their names or ids';

/** Adds a command that takes records; all are looked up before the first is touched. */
export function addPutAwayCommand(program: Command, command: PutAwayCommand): Command {
  const { name, summary, description, takes, act } = command;
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .argument(
      '<id...>',
      takes === 'everything'
        ? RUNS_AND_SESSIONS.replace('runs', 'runs and measurements')
        : RUNS_AND_SESSIONS,
    )
    .option(...LIBRARY_OPTION)
    .addHelpText('after', () => `\nExample: ${commandLine(`${name} 1a2b3c4d`)}`)
    .action((ids: readonly string[], options: PutAwayOptions) =>
      readFromLibrary(options, async (library) => {
        const subjects = ids.map((id) => requireSubject(library, id));
        const refused = subjects.find(({ kind }) => kind === 'measurement');
        if (refused !== undefined && takes !== 'everything') {
          throw new BadInput(
            `${name}: ${subjectText(refused)} is given; allowed: runs and sessions`,
          );
        }
        for (const subject of subjects)
          await print(act(library, subject, options.forGood === true));
      }),
    );
}
