import type { Command } from 'commander';
import type { Library } from '../../../lab/index.ts';
import type { Subject } from '../library-access.ts';
import { addPutAwayCommand, idOf, subjectText } from '../put-away.ts';

function deleteSubject(library: Library, subject: Subject, isForGood: boolean): string {
  const id = idOf(subject);
  if (isForGood) {
    if (subject.kind === 'run') library.purgeRun(id);
    else library.purgeSession(id);
    return `${subjectText(subject)} is gone for good`;
  }
  if (subject.kind === 'run') library.deleteRun(id);
  else library.deleteSession(id);
  return `${subjectText(subject)} is in the trash`;
}

/** `delete`: into the trash, and from there for good. */
export function addDeleteCommand(program: Command): void {
  addPutAwayCommand(program, {
    name: 'delete',
    summary: 'move runs or sessions to the trash',
    description: 'Moves runs or sessions to the trash; "restore" brings them back.',
    act: deleteSubject,
  }).option('--for-good', 'delete what is in the trash, with all its trials');
}
