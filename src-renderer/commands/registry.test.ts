import { shallowRef } from 'vue';
import { expect, it } from 'vitest';
import { createCommandRegistry } from './registry.ts';
import type { Command } from './registry.ts';
import { commandsMatching } from './search.ts';

function command(id: string, fields: Partial<Command> = {}): Command {
  return { id, title: id, group: 'Tests', run: () => undefined, ...fields };
}

it('runs what was registered, and says when there is nothing to run', () => {
  const registry = createCommandRegistry();
  const ran: string[] = [];
  registry.register([command('save', { run: () => ran.push('save') })]);

  expect([registry.run('save'), registry.run('open')]).toEqual([true, false]);
  expect(ran).toEqual(['save']);
});

it('does not run what cannot be done now', () => {
  const registry = createCommandRegistry();
  const canSave = shallowRef(false);
  const ran: string[] = [];
  registry.register([command('save', { when: () => canSave.value, run: () => ran.push('save') })]);

  const before = registry.run('save');
  canSave.value = true;
  const after = registry.run('save');

  expect([before, after, ran.length]).toEqual([false, true, 1]);
});

it('lets a page take the place of a command until it goes', () => {
  const registry = createCommandRegistry();
  registry.register([command('save', { title: 'of the window' }), command('open')]);
  const leave = registry.register([command('save', { title: 'of the page' })]);

  const during = registry.commands.value.map(({ title }) => title);
  leave();
  const after = registry.commands.value.map(({ title }) => title);

  expect(during).toEqual(['of the page', 'open']);
  expect(after).toEqual(['of the window', 'open']);
});

it('finds commands by words in any order, those that begin with the first ahead', () => {
  const commands = [
    command('1', { title: 'Go to Compare', group: 'Pages' }),
    command('2', { title: 'Compare the selected runs', group: 'Runs' }),
    command('3', { title: 'Export CSV', group: 'Compare' }),
    command('4', { title: 'Run again', group: 'Runs' }),
  ];
  const find = (text: string) => commandsMatching(commands, text).map(({ id }) => id);

  expect(find('compare')).toEqual(['2', '1', '3']);
  expect(find('runs compare')).toEqual(['2']);
  expect(find('')).toEqual(['1', '2', '3', '4']);
  expect(find('nothing of the kind')).toEqual([]);
});

it('lists what a page offers before what the window always offers', () => {
  const registry = createCommandRegistry();
  registry.register([command('window.one'), command('window.two')]);
  registry.register([command('page.one'), command('page.two')]);

  expect(registry.commands.value.map(({ id }) => id)).toEqual([
    'page.one',
    'page.two',
    'window.one',
    'window.two',
  ]);
});
