import { expect, it } from 'vitest';
import { isPlainCharacter, matchShortcut, shortcutLabels } from './shortcut.ts';
import type { KeyPress } from './shortcut.ts';

/** `Ctrl+Shift+o`: the keys that are held, then what the key gives. */
function press(text: string): KeyPress {
  const parts = text.split('+');
  const held = new Set(parts.slice(0, -1));
  return {
    key: parts.at(-1) ?? '',
    ctrlKey: held.has('Ctrl'),
    metaKey: held.has('Meta'),
    altKey: held.has('Alt'),
    shiftKey: held.has('Shift'),
  };
}

function match(shortcut: string, presses: string, isMac = false) {
  return matchShortcut(shortcut, presses.split(' ').map(press), isMac);
}

it.each([
  ['Mod+S', 'Ctrl+s', 'complete'],
  ['Mod+S', 'Ctrl+Shift+S', 'none'],
  ['Mod+Shift+S', 'Ctrl+Shift+S', 'complete'],
  ['Mod+S', 's', 'none'],
  ['Mod+S', 'Ctrl+Meta+s', 'none'],
  ['?', 'Shift+?', 'complete'],
  ['?', '?', 'complete'],
  ['/', 'Shift+/', 'complete'],
  ['Delete', 'Delete', 'complete'],
  ['Delete', 'Shift+Delete', 'none'],
  ['F2', 'F2', 'complete'],
  ['G L', 'g', 'begun'],
  ['G L', 'g l', 'complete'],
  ['G L', 'g d', 'none'],
  ['G L', 'l', 'none'],
  ['G L', 'd g', 'begun'],
] as const)('takes %s pressed as %s for %s', (shortcut, presses, result) => {
  expect(match(shortcut, presses)).toBe(result);
});

it('has the Command key of a Mac where others have Ctrl', () => {
  expect(match('Mod+S', 'Meta+s', true)).toBe('complete');
  expect(match('Mod+S', 'Ctrl+s', true)).toBe('none');
});

it('knows which shortcuts a text field must keep for itself', () => {
  const shortcuts = ['R', 'G L', '?', 'Mod+S', 'Alt+R'];

  expect(shortcuts.filter(isPlainCharacter)).toEqual(['R', 'G L', '?']);
});

it('names the keys as the keyboard does', () => {
  expect(shortcutLabels('Mod+Shift+O', false)).toEqual([['Ctrl', 'Shift', 'O']]);
  expect(shortcutLabels('Mod+Shift+O', true)).toEqual([['⌘', '⇧', 'O']]);
  expect(shortcutLabels('G L', false)).toEqual([['G'], ['L']]);
});
