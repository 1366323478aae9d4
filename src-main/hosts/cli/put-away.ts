import type { Command } from 'commander';
import type { Library } from '../../lab/index.ts';
import { commandLine } from './invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireSubject, shortId } from './library-access.ts';
import type { LibraryOptions, Subject } from './library-access.ts';
import { print } from './output.ts';

/** A run or session as a sentence names it. */
export function subjectText(subject: Subject): string {
  return subject.kind === 'run'
    ? `run ${shortId(subject.run)} (${subject.run.experimentName})`
    : `session "${subject.session.name}"`;
}

/** The id of a run or session. */
export function idOf(subject: Subject): string {
  return subject.kind === 'run' ? subject.run.id : subject.session.id;
}

/** A command that does the same to each run or session it is given. */
export type PutAwayCommand = {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** @returns What was done, as a line. */
  readonly act: (library: Library, subject: Subject, isForGood: boolean) => string;
};

type PutAwayOptions = LibraryOptions & { readonly forGood?: true };

/** Adds a command that takes runs and sessions; all are looked up before the first is touched. */
export function addPutAwayCommand(program: Command, command: PutAwayCommand): Command {
  const { name, summary, description, act } = command;
  return program
    .command(name)
    .summary(summary)
    .description(description)
    .argument(
      '<id...>',
      'runs by their ids or the beginnings of them, sessions by their names or ids',
    )
    .option(...LIBRARY_OPTION)
    .addHelpText('after', () => `\nExample: ${commandLine(`${name} 1a2b3c4d`)}`)
    .action((ids: readonly string[], options: PutAwayOptions) =>
      readFromLibrary(options, async (library) => {
        const subjects = ids.map((id) => requireSubject(library, id));
        for (const subject of subjects)
          await print(act(library, subject, options.forGood === true));
      }),
    );
}
