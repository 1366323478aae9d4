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
