import { expect, it } from 'vitest';
import { isAvailable } from '../../commands/registry.ts';
import { measurementCommands } from './measurement-commands.ts';

function available(targetCount: number, isTrash: boolean): readonly string[] {
  const nothing = (): null => null;
  const commands = measurementCommands({
    targetCount: () => targetCount,
    isTrash: () => isTrash,
    ...{ search: nothing, open: nothing, trash: nothing, restore: nothing, purge: nothing },
  });
  return commands.filter(isAvailable).map(({ id }) => id);
}

it('offers what can be done with as many measurements where they are', () => {
  expect(available(0, false)).toEqual(['library.search']);
  expect(available(1, false)).toEqual([
    'library.search',
    'library.open-measurement',
    'library.trash',
  ]);
  expect(available(2, false)).toEqual(['library.search', 'library.trash']);
  expect(available(2, true)).toEqual(['library.search', 'library.restore', 'library.purge']);
});
