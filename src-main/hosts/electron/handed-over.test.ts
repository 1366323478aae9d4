import { expect, it } from 'vitest';
import { HandedOverFiles } from './handed-over.ts';

const session = { title: 'Session', endings: ['foliolab'] };
const experiment = { title: 'Experiment', endings: ['yaml', 'yml'] };

it('keeps a file until the window asks for one of its kind', () => {
  const files = new HandedOverFiles();

  const commands = ['/a.foliolab', '/b.YML', '/c.foliolab'].map((path) => files.add(path));

  expect(commands).toEqual(['open-session', 'open-experiment', 'open-session']);
  expect([files.take(session), files.take(session)]).toEqual(['/c.foliolab', null]);
  expect([files.take(experiment), files.take(experiment)]).toEqual(['/b.YML', null]);
});
