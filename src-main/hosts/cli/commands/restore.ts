import type { Command } from 'commander';
import type { Library } from '../../../lab/index.ts';
import type { Subject } from '../library-access.ts';
import { addPutAwayCommand, idOf, recordOf, subjectText } from '../put-away.ts';

function archivedAtOf(subject: Exclude<Subject, { readonly kind: 'measurement' }>): string | null {
  return subject.kind === 'run' ? subject.run.archivedAt : subject.session.archivedAt;
}

function restore(library: Library, subject: Subject): string {
  const id = idOf(subject);
  const { deletedAt } = recordOf(subject);
  if (deletedAt !== null) {
    const bring = {
      run: 'restoreRun',
      measurement: 'restoreMeasurement',
      session: 'restoreSession',
    } as const;
    library[bring[subject.kind]](id);
    return `${subjectText(subject)} is back from the trash`;
  }
  if (subject.kind === 'measurement' || archivedAtOf(subject) === null) {
    return `${subjectText(subject)} was not put away`;
  }
  if (subject.kind === 'run') library.unarchiveRun(id);
  else library.unarchiveSession(id);
  return `${subjectText(subject)} is back from the archive`;
}

/** `restore`: back from the trash or the archive. */
export function addRestoreCommand(program: Command): void {
  addPutAwayCommand(program, {
    name: 'restore',
    takes: 'everything',
    summary: 'bring runs, measurements or sessions back from the trash or the archive',
    description:
      'Brings runs, measurements or sessions back from the trash or, if they are not there, from the archive.',
    act: restore,
  });
}
