import type { Reply, RequestInput, RequestName, RequestOutput } from '#contract';
import { parseReply, parseUpload } from './parse-reply.ts';

const GONE_SENTENCE =
  'The laboratory does not answer any more; start it again and open the address it prints.';
const GONE: Reply<never> = { ok: false, code: 'unexpected', message: GONE_SENTENCE };

async function refusal(response: Response): Promise<Reply<never>> {
  const sentence = (await response.text()).trim();
  return { ok: false, code: 'unexpected', message: sentence === '' ? GONE_SENTENCE : sentence };
}

/** Sends one request to the web host. Whatever happens on the way is a reply too. */
export async function postRequest<Name extends RequestName>(
  name: Name,
  input: RequestInput<Name>,
): Promise<Reply<RequestOutput<Name>>> {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    if (!response.ok) return await refusal(response);
    const answer: unknown = await response.json();
    return parseReply(name, answer);
  } catch {
    return GONE;
  }
}

/** Sends a file to the web host. @returns The ticket by which a request names it. */
export async function putFile(content: Blob, fileName: string): Promise<Reply<string>> {
  try {
    const address = `/upload?name=${encodeURIComponent(fileName)}`;
    const response = await fetch(address, { method: 'PUT', body: content });
    if (!response.ok) return await refusal(response);
    const answer: unknown = await response.json();
    const upload = parseUpload(answer);
    return upload === null ? GONE : { ok: true, value: upload };
  } catch {
    return GONE;
  }
}
