import type { RequestInput, RequestName, RequestOutput } from '#contract';
import type { Laboratory } from '../../src-main/hosts/requests/index.ts';

/**
 * Asks a laboratory as a window does; the answer has the type of its request.
 *
 * @throws {Error} with the sentence of a failure.
 */
export async function ask<Name extends RequestName>(
  laboratory: Laboratory,
  name: Name,
  input: RequestInput<Name>,
): Promise<RequestOutput<Name>> {
  const reply = await laboratory.answer(name, input);
  if (!reply.ok) throw new Error(reply.message);
  return reply.value as RequestOutput<Name>;
}
