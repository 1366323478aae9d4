import type { LabEventName, LabEventPayload, Reply, RequestName, RequestOutput } from '#contract';

/**
 * Takes what the main process answered for the reply to a request. Both sides are of one build: the
 * check is against a main process that has no handler.
 *
 * @throws {TypeError} for an answer that is no reply.
 */
export function parseReply<Name extends RequestName>(
  name: Name,
  answer: unknown,
): Reply<RequestOutput<Name>> {
  if (isReply(answer)) return answer as Reply<RequestOutput<Name>>;
  throw new TypeError(`the request ${name} was not answered`);
}

/** Takes what the main process answered for the ticket of a file. @throws {TypeError} */
export function parseTicket(answer: unknown): Reply<string> {
  if (isReply(answer)) return answer as Reply<string>;
  throw new TypeError('the file was not taken');
}

function isReply(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}

/** Takes what the main process sent with an event for its payload. */
export function parsePayload<Name extends LabEventName>(
  _name: Name,
  payload: unknown,
): LabEventPayload<Name> {
  return payload as LabEventPayload<Name>;
}
