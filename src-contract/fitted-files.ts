import type { CostModel } from '#core';

/** Digits of a file's digest that the provenance of a fitted model shows. */
export const DIGEST_SHOWN = 12;

/**
 * Whether a model was fitted to a file, by the digest in its provenance: what it says of that file is no prediction.
 *
 * @param sha256  Of the file's bytes, in hexadecimal digits.
 */
export function isFittedTo({ provenance }: Pick<CostModel, 'provenance'>, sha256: string): boolean {
  return provenance.includes(`(sha256 ${sha256.slice(0, DIGEST_SHOWN)})`);
}
