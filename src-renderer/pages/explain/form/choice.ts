/** A word that can be chosen, and how it is shown. */
export type Choice = {
  readonly value: string;
  readonly title: string;
  readonly meaning?: string;
};

/** Words that speak for themselves. */
export function choicesFrom(words: readonly string[]): readonly Choice[] {
  return words.map((word) => ({ value: word, title: word }));
}
