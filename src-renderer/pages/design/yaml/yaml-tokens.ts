/** A stretch of a line of YAML that is drawn in one colour. */
export type YamlToken = {
  readonly text: string;
  readonly kind: 'plain' | 'key' | 'comment' | 'quoted' | 'figure';
};

// In this order: a comment, a quoted text, a key, a figure with or without a unit
// where it is the whole value.
const TOKEN =
  /(?<comment>(?:^|(?<=\s))#.*$)|(?<quoted>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?!\s*:)|(?<key>(?:^|(?<=[\s{,]))[A-Za-z_][\w.-]*(?=:(?:\s|$)))|(?<figure>(?<=[:,[]\s*|-\s+)-?\d[\d.]*(?:[kKMGTi]*B|[kMG]|ns|us|µs|ms|s|%)?(?=\s*(?:$|[,\]}])|\s+#))/gu;

/** Splits a line for its colours: a hint to the eye, not a reading of the text. */
function yamlTokens(line: string): readonly YamlToken[] {
  const tokens: YamlToken[] = [];
  let end = 0;
  for (const match of line.matchAll(TOKEN)) {
    if (match.index > end) tokens.push({ text: line.slice(end, match.index), kind: 'plain' });
    const { comment, quoted, key } = match.groups ?? {};
    const kind =
      comment !== undefined
        ? 'comment'
        : quoted !== undefined
          ? 'quoted'
          : key !== undefined
            ? 'key'
            : 'figure';
    tokens.push({ text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ text: line.slice(end), kind: 'plain' });
  return tokens;
}

/** A key or list mark whose value is text on the lines that follow. */
const BLOCK_TEXT = /(?:^|[\s:-])[|>][+-]?\d?\s*(?:#.*)?$/;

/** The lines of a text, each split for its colours; texts over several lines have none. */
export function yamlLines(text: string): readonly (readonly YamlToken[])[] {
  let textIndent = -1;
  return text.split('\n').map((line) => {
    const indent = line.search(/\S/);
    if (textIndent >= 0 && (indent < 0 || indent > textIndent))
      return [{ text: line, kind: 'plain' }];
    textIndent = BLOCK_TEXT.test(line) ? indent : -1;
    return yamlTokens(line);
  });
}
