import { expect, it } from 'vitest';
import { sampleSession } from '../../testing/lab-contents.ts';
import { commandWords, viewPlace, viewTitle } from './library-views.ts';

const session = sampleSession({ name: 'LPC 2024 talk' });
const inSession = { kind: 'session', id: session.id } as const;

it('names each part of the library', () => {
  expect(viewTitle({ kind: 'trash' }, undefined)).toBe('Trash');
  expect(viewTitle(inSession, session)).toBe('LPC 2024 talk');
});

it('treats the runs of an archived session as archived', () => {
  expect(viewPlace(inSession, session)).toBe('library');
  expect(viewPlace(inSession, { ...session, archivedAt: session.createdAt })).toBe('archive');
  expect(viewPlace({ kind: 'trash' }, undefined)).toBe('trash');
});

it('has the command line that lists the same', () => {
  expect(commandWords({ kind: 'archive' }, undefined)).toEqual(['runs', '--archived']);
  expect(commandWords(inSession, session)).toEqual(['runs', '--session', 'LPC 2024 talk']);
  expect(commandWords({ kind: 'ready-made' }, undefined)).toEqual(['list', 'experiments']);
});

it('has the command line that lists the same measurements', () => {
  const measured = 'measurements' as const;

  expect(commandWords({ kind: 'all' }, undefined, measured)).toEqual(['measurements']);
  expect(commandWords({ kind: 'trash' }, undefined, measured)).toEqual(['measurements', '--trash']);
  expect(commandWords(inSession, session, measured)).toEqual([
    'measurements',
    '--session',
    'LPC 2024 talk',
  ]);
  expect(viewTitle({ kind: 'all' }, undefined, measured)).toBe('All measurements');
});
