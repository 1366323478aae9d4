/** What of a keyboard event decides a shortcut. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
};

type Chord = {
  readonly key: string;
  readonly usesMod: boolean;
  readonly usesAlt: boolean;
  /** Null where the character itself needs Shift or not, such as `?`. */
  readonly usesShift: boolean | null;
};

const isLetter = (key: string): boolean => /^[a-z]$/i.test(key);

function chordFromText(text: string): Chord {
  const parts = text.split('+');
  const key = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  const isNamed = key.length > 1;
  return {
    key: key.toLowerCase(),
    usesMod: modifiers.has('Mod'),
    usesAlt: modifiers.has('Alt'),
    usesShift: isLetter(key) || isNamed || modifiers.has('Shift') ? modifiers.has('Shift') : null,
  };
}

/** The chords of a shortcut such as `Mod+Shift+O`, or `G L` for G and then L. */
export function chordsFromShortcut(shortcut: string): readonly Chord[] {
  return shortcut.split(' ').map(chordFromText);
}

/** `Mod` is the Command key on a Mac and Ctrl elsewhere. */
function chordMatches(chord: Chord, press: KeyPress, isMac: boolean): boolean {
  const mod = isMac ? press.metaKey : press.ctrlKey;
  const other = isMac ? press.ctrlKey : press.metaKey;
  return (
    press.key.toLowerCase() === chord.key &&
    mod === chord.usesMod &&
    !other &&
    press.altKey === chord.usesAlt &&
    (chord.usesShift === null || press.shiftKey === chord.usesShift)
  );
}

/** Whether a shortcut is a plain character, which a text field must keep for itself. */
export function isPlainCharacter(shortcut: string): boolean {
  return chordsFromShortcut(shortcut).every(({ usesMod, usesAlt }) => !usesMod && !usesAlt);
}

export type ShortcutMatch = 'complete' | 'begun' | 'none';

/**
 * Whether the latest key presses end in a shortcut, or begin one.
 *
 * @param presses  Oldest first.
 */
export function matchShortcut(
  shortcut: string,
  presses: readonly KeyPress[],
  isMac: boolean,
): ShortcutMatch {
  const chords = chordsFromShortcut(shortcut);
  const matchesFrom = (count: number): boolean =>
    presses.length >= count &&
    chords.slice(0, count).every((chord, index) => {
      const press = presses[presses.length - count + index];
      return press !== undefined && chordMatches(chord, press, isMac);
    });
  if (matchesFrom(chords.length)) return 'complete';
  return chords.length > 1 && matchesFrom(1) ? 'begun' : 'none';
}

const MAC_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥' };
const OTHER_NAMES: Readonly<Record<string, string>> = { Mod: 'Ctrl' };

/** The keys of a shortcut as they are printed on a keyboard, one list for each chord. */
export function shortcutLabels(shortcut: string, isMac: boolean): readonly (readonly string[])[] {
  const names = isMac ? MAC_NAMES : OTHER_NAMES;
  return shortcut.split(' ').map((chord) => chord.split('+').map((key) => names[key] ?? key));
}
