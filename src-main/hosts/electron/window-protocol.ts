import { protocol } from 'electron';
import { readWindowFile, SECURITY_HEADERS } from '../requests/index.ts';

const SCHEME = 'folio-lab';
const HOST = 'window';

/** Where the window's pages come from. */
export const WINDOW_ORIGIN = `${SCHEME}://${HOST}`;
export const WINDOW_ADDRESS = `${WINDOW_ORIGIN}/index.html`;

/** Says what kind of scheme ours is; only possible before the application is ready. */
export function registerWindowScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

async function answer(folder: string, request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const file = isReading && host === HOST ? await readWindowFile(folder, pathname) : null;
  if (file === null)
    return new Response('There is no such file.', { status: 404, headers: SECURITY_HEADERS });
  return new Response(request.method === 'HEAD' ? null : file.bytes, {
    headers: { ...SECURITY_HEADERS, 'content-type': file.type },
  });
}

/** Serves the built window, and no other file, to our own pages. */
export function serveWindow(folder: string): void {
  protocol.handle(SCHEME, (request) => answer(folder, request));
}
