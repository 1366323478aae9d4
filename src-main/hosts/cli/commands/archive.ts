import type { Command } from 'commander';
import { addPutAwayCommand, idOf, subjectText } from '../put-away.ts';

/** `archive`: out of the lists, not deleted. */
export function addArchiveCommand(program: Command): void {
  addPutAwayCommand(program, {
    name: 'archive',
    summary: 'take runs or sessions out of the lists, without deleting them',
    description:
      'Takes runs or sessions out of the lists, without deleting them; "restore" brings them back.',
    takes: 'runs-and-sessions',
    act: (library, subject) => {
      if (subject.kind === 'run') library.archiveRun(idOf(subject));
      else library.archiveSession(idOf(subject));
      return `${subjectText(subject)} is archived`;
    },
  });
}
