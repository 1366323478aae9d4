import { requests } from '#contract';
import type { RequestName, Requests } from '#contract';
import type { z } from 'zod';
import { RequestFailure } from './request-failure.ts';

/** What a handler is given: the input after its schema. */
export type ParsedInput<Name extends RequestName> = z.output<Requests[Name]['input']>;

/** Whether there is a request of this name. */
export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

/**
 * Takes what a window sent for the input of a request, by the schema of the request.
 *
 * @throws {RequestFailure} `bad-input`, with the first thing that is wrong.
 */
export function parseRequest<Name extends RequestName>(
  name: Name,
  input: unknown,
): ParsedInput<Name> {
  const parsed = requests[name].input.safeParse(input);
  if (parsed.success) return parsed.data as ParsedInput<Name>;
  const [issue] = parsed.error.issues;
  const place = issue === undefined ? '' : issue.path.map((key) => `.${String(key)}`).join('');
  const reason = (issue?.message ?? 'not what it takes').replace(/\.$/, '');
  throw new RequestFailure(
    'bad-input',
    `The request ${name}${place} was not understood: ${reason}.`,
  );
}
