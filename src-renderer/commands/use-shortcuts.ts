import { onScopeDispose } from 'vue';
import { isMac } from '../platform.ts';
import { isAvailable } from './registry.ts';
import type { Command, CommandRegistry } from './registry.ts';
import { isPlainCharacter, matchShortcut } from './shortcut.ts';
import type { KeyPress } from './shortcut.ts';

/** The second key of a shortcut such as `G L` must follow within this time. */
const SEQUENCE_MS = 1200;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

const TEXT_FIELDS =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [role="combobox"]';

function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest(TEXT_FIELDS) !== null)
  );
}

/** A modal dialog owns the keyboard until it closes. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-modal="true"]') !== null;
}

type Found = { readonly command: Command | null; readonly isBegun: boolean };

function find(commands: readonly Command[], presses: readonly KeyPress[]): Found {
  const matches = commands.flatMap((command) =>
    command.shortcut === undefined
      ? []
      : [{ command, match: matchShortcut(command.shortcut, presses, isMac) }],
  );
  const complete = matches
    .filter(({ match }) => match === 'complete')
    .sort((a, b) => (b.command.shortcut?.length ?? 0) - (a.command.shortcut?.length ?? 0));
  return {
    command: complete[0]?.command ?? null,
    isBegun: matches.some(({ match }) => match === 'begun'),
  };
}

/** Lets the keyboard run the commands of a registry for as long as the calling scope lives. */
export function useShortcuts(registry: CommandRegistry): void {
  let earlier: KeyPress[] = [];
  let earlierAt = 0;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || MODIFIERS.has(event.key)) return;
    if (isInDialog(event.target)) return;
    const presses = event.timeStamp - earlierAt > SEQUENCE_MS ? [event] : [...earlier, event];
    const isTyping = takesText(event.target);
    const usable = registry.commands.value.filter(
      (command) =>
        command.shortcut !== undefined &&
        isAvailable(command) &&
        !(isTyping && isPlainCharacter(command.shortcut)),
    );
    const { command, isBegun } = find(usable, presses);
    earlier = command === null && isBegun ? [event] : [];
    earlierAt = event.timeStamp;
    if (command === null) return;
    event.preventDefault();
    command.run();
  }

  window.addEventListener('keydown', onKeyDown);
  onScopeDispose(() => window.removeEventListener('keydown', onKeyDown));
}
