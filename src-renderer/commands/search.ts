import type { Command } from './registry.ts';

/** How well a title answers words; lower is better, null not at all. */
function rank(command: Command, words: readonly string[]): number | null {
  const title = command.title.toLowerCase();
  const all = `${title} ${command.group.toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return null;
  const first = words[0] ?? '';
  if (title.startsWith(first)) return 0;
  return title.includes(` ${first}`) ? 1 : 2;
}

/** The commands that hold every word of a text, those whose title begins with it first. */
export function commandsMatching(commands: readonly Command[], text: string): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .flatMap((command) => {
      const place = rank(command, words);
      return place === null ? [] : [{ command, place }];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ command }) => command);
}
