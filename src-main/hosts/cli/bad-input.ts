/**
 * What the user asked for cannot be done as asked: nothing was changed, and the sentences say what to
 * correct. Ends the process with status 2.
 */
export class BadInput extends Error {
  /** One for each mistake: what was found, where, and what is allowed. */
  readonly sentences: readonly string[];

  constructor(...sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'BadInput';
    this.sentences = sentences;
  }
}

/** What a search gives: the value, or sentences that say why there is none, a line each. */
type Found<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

/**
 * Takes what was found.
 *
 * @param option  What the user gave, in front of the sentence; empty where the sentence says it.
 * @throws {BadInput} when nothing was found.
 */
export function takeFound<Value>(found: Found<Value>, option: string): Value {
  if (found.ok) return found.value;
  const prefix = option === '' ? '' : `${option}: `;
  throw new BadInput(...found.message.split('\n').map((sentence) => `${prefix}${sentence}`));
}
