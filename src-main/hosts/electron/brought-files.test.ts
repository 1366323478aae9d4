import { expect, it } from 'vitest';
import { BroughtFiles } from './brought-files.ts';

function ticketOf(files: BroughtFiles, path: string): string {
  const reply = files.keep(path);
  return reply.ok ? reply.value : reply.message;
}

it('gives a dropped file for its ticket, once', () => {
  const files = new BroughtFiles();
  const ticket = ticketOf(files, '/home/ada/Reads.FOLIOLAB');

  expect([files.take(ticket), files.take(ticket)]).toEqual(['/home/ada/Reads.FOLIOLAB', null]);
});

it('takes no path for a ticket, and keeps no file that no page could open', () => {
  const files = new BroughtFiles();

  expect([
    files.take('/home/ada/reads.foliolab'),
    ticketOf(files, '/etc/passwd'),
    ticketOf(files, 'reads.foliolab'),
    ticketOf(files, ''),
  ]).toEqual([
    null,
    'passwd is no session, experiment, layout or measurement: none of those ends so.',
    'Only files of a folder can be dropped here.',
    'Only files of a folder can be dropped here.',
  ]);
});

it('forgets the oldest of many', () => {
  const files = new BroughtFiles();
  const tickets = Array.from({ length: 9 }, (_, index) => ticketOf(files, `/tmp/${index}.yaml`));

  expect(tickets.map((ticket) => files.take(ticket) !== null)).toEqual([
    false,
    ...Array.from({ length: 8 }, () => true),
  ]);
});
