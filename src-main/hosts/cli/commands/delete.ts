import type { Command } from 'commander';
import type { Library } from '../../../lab/index.ts';
import type { Subject } from '../library-access.ts';
import { addPutAwayCommand, idOf, subjectText } from '../put-away.ts';

function deleteSubject(library: Library, subject: Subject, isForGood: boolean): string {
  const id = idOf(subject);
  if (isForGood) {
    const purge = {
      run: 'purgeRun',
      measurement: 'purgeMeasurement',
      session: 'purgeSession',
    } as const;
    library[purge[subject.kind]](id);
    return `${subjectText(subject)} is gone for good`;
  }
  const trash = {
    run: 'deleteRun',
    measurement: 'deleteMeasurement',
    session: 'deleteSession',
  } as const;
  library[trash[subject.kind]](id);
  return `${subjectText(subject)} is in the trash`;
}

/** `delete`: into the trash, and from there for good. */
export function addDeleteCommand(program: Command): void {
  addPutAwayCommand(program, {
    name: 'delete',
    summary: 'move runs, measurements or sessions to the trash',
    takes: 'everything',
    description: 'Moves runs, measurements or sessions to the trash; "restore" brings them back.',
    act: deleteSubject,
  }).option('--for-good', 'delete what is in the trash, with all its trials');
}
