const COLOURS = /\u001b\[[\d;]*m/g;
/** What a program says of where it was, and not of what went wrong. */
const STACK = /^\s*(at |\[|\{|\}|Node\.js v|node:|https?:|$)/;

/** A text as it reads where nothing is coloured. */
export function withoutColours(text: string): string {
  return text.replaceAll(COLOURS, '');
}

/** The last thing a program said in words, on one line and without a full stop. */
export function lastLine(said: string, otherwise: string): string {
  const lines = withoutColours(said)
    .split('\n')
    .filter((line) => !STACK.test(line))
    .map((line) => line.trim().replace(/\.$/, ''));
  return lines.at(-1)?.slice(0, 300) ?? otherwise;
}
