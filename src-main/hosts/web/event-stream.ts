import type { ServerResponse } from 'node:http';
import type { Laboratory } from '../requests/index.ts';

/** Keeps a connection that has no news from being taken for a dead one. Unit: milliseconds. */
const SIGN_OF_LIFE_MS = 20_000;

/** Tells one browser what happens, as server-sent events, until it leaves. */
export function streamEvents(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  subscribe: Laboratory['subscribe'],
): void {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  response.write(': hello\n\n');
  const unsubscribe = subscribe(({ name, payload }) => {
    response.write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`);
  });
  const timer = setInterval(() => response.write(': alive\n\n'), SIGN_OF_LIFE_MS);
  response.on('close', () => {
    clearInterval(timer);
    unsubscribe();
  });
}
