import type { LabEventName, LabEventPayload, Reply, RequestName, RequestOutput } from '#contract';

/**
 * Takes what the web host sent for the reply to a request. Page and host are of one build: the check is
 * against something else that listens at this address.
 *
 * @throws {TypeError} for an answer that is no reply.
 */
export function parseReply<Name extends RequestName>(
  _name: Name,
  answer: unknown,
): Reply<RequestOutput<Name>> {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    return answer as Reply<RequestOutput<Name>>;
  }
  throw new TypeError('this is no reply');
}

/** Takes the data of a server-sent event for the payload of an event. */
export function parsePayload<Name extends LabEventName>(
  _name: Name,
  data: unknown,
): LabEventPayload<Name> {
  return JSON.parse(String(data)) as LabEventPayload<Name>;
}

/** The ticket under which the web host keeps an upload; null for any other answer. */
export function parseUpload(answer: unknown): string | null {
  const isUpload = typeof answer === 'object' && answer !== null && 'upload' in answer;
  return isUpload && typeof answer.upload === 'string' ? answer.upload : null;
}
