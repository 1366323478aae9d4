/** One mistake in a file that a user wrote. */
export type Problem = {
  readonly file: string;
  /** From 1; null where a mistake has no line, such as one in a command-line setting. */
  readonly line: number | null;
  /** Where in the document, such as `layouts[0].uniform.order`; empty for the document as a whole. */
  readonly key: string;
  /** What was found and what is allowed, one sentence without a full stop. */
  readonly message: string;
};

/** A problem as one line of text: `file:line: key: message`. */
export function problemText(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  const key = problem.key === '' ? '' : `${problem.key}: `;
  return `${place}: ${key}${problem.message}`;
}

const LONGEST_QUOTE = 60;

/** A value as it is quoted to its author: short, on one line, told from text by quotation marks. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map of keys';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)}…`;
}
