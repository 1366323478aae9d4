import type { Command } from 'commander';
import type { Library } from '../../../lab/index.ts';
import type { Subject } from '../library-access.ts';
import { addPutAwayCommand, idOf, subjectText } from '../put-away.ts';

function restore(library: Library, subject: Subject): string {
  const id = idOf(subject);
  const { archivedAt, deletedAt } = subject.kind === 'run' ? subject.run : subject.session;
  if (deletedAt !== null) {
    if (subject.kind === 'run') library.restoreRun(id);
    else library.restoreSession(id);
    return `${subjectText(subject)} is back from the trash`;
  }
  if (archivedAt === null) return `${subjectText(subject)} was not put away`;
  if (subject.kind === 'run') library.unarchiveRun(id);
  else library.unarchiveSession(id);
  return `${subjectText(subject)} is back from the archive`;
}

/** `restore`: back from the trash or the archive. */
export function addRestoreCommand(program: Command): void {
  addPutAwayCommand(program, {
    name: 'restore',
    summary: 'bring runs or sessions back from the trash or the archive',
    description:
      'Brings runs or sessions back from the trash or, if they are not there, from the archive.',
    act: restore,
  });
}
