import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { MENU_COMMANDS } from '#contract';
import { menuTemplate } from './menu.ts';
import type { MenuOptions } from './menu.ts';

function options(changes: Partial<MenuOptions> = {}): MenuOptions {
  return {
    platform: 'linux',
    applicationName: 'Folio Lab',
    recentFiles: [],
    hasDeveloperTools: false,
    onCommand: () => undefined,
    onRecentFile: () => undefined,
    onForgetRecentFiles: () => undefined,
    ...changes,
  };
}

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : []),
  ]);
}

it('has every command once, on every system', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const ids = itemsOf(menuTemplate(options({ platform }))).flatMap(({ id }) => id ?? []);

    expect(ids.sort()).toEqual([...MENU_COMMANDS].sort());
  }
});

it('tells the window which command was chosen', () => {
  const chosen: string[] = [];
  const template = menuTemplate(options({ onCommand: (command) => chosen.push(command) }));

  for (const { id, click } of itemsOf(template)) {
    if (id !== undefined) click?.call(undefined, ...([] as unknown as Parameters<typeof click>));
  }

  expect(chosen.sort()).toEqual([...MENU_COMMANDS].sort());
});

it('leaves the keys to the window', () => {
  const withKeys = itemsOf(menuTemplate(options())).filter(({ accelerator }) => accelerator);

  expect(withKeys.length).toBeGreaterThan(0);
  expect(withKeys.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
});

it('shows the files that were opened lately by their whole names', () => {
  const template = menuTemplate(options({ recentFiles: ['/home/me/R&D.foliolab'] }));

  const labels = itemsOf(template).map(({ label }) => label);

  expect(labels).toContain('/home/me/R&&D.foliolab');
});

it('offers the tools of developers only where they are wanted', () => {
  const hasTools = (hasDeveloperTools: boolean): boolean =>
    itemsOf(menuTemplate(options({ hasDeveloperTools }))).some(
      ({ role }) => role === 'toggleDevTools',
    );

  expect([hasTools(false), hasTools(true)]).toEqual([false, true]);
});
