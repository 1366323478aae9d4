import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { LARGEST_FILE } from '#contract';
import { readWindowFile, SECURITY_HEADERS } from '../requests/index.ts';
import type { Laboratory } from '../requests/index.ts';
import type { Access } from './access.ts';
import { streamEvents } from './event-stream.ts';
import { HttpRefusal } from './http-refusal.ts';
import { readJson, writeBody } from './request-body.ts';
import type { Transfers } from './transfers.ts';

export type WebServerOptions = {
  readonly access: Access;
  readonly laboratory: Pick<Laboratory, 'answer' | 'subscribe'>;
  readonly transfers: Transfers;
  /** Where the built window is. */
  readonly windowFolder: string;
  readonly report: (error: unknown) => void;
};

/** A picture of 64 million characters and its wrapping. Unit: bytes. */
const LARGEST_REQUEST = 80_000_000;

const HEADERS = { ...SECURITY_HEADERS, 'cache-control': 'no-store' } as const;

type Exchange = WebServerOptions & {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
};

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type, ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, 'application/json; charset=utf-8', JSON.stringify(value));
}

async function answerRequest(exchange: Exchange, name: string): Promise<void> {
  const { request, response, laboratory } = exchange;
  sendJson(response, await laboratory.answer(name, await readJson(request, LARGEST_REQUEST)));
}

async function takeUpload({ request, response, url, transfers }: Exchange): Promise<void> {
  const upload = await transfers.beginUpload(url.searchParams.get('name') ?? '');
  await writeBody(request, upload.path, LARGEST_FILE);
  sendJson(response, { upload: transfers.keepUpload(upload) });
}

async function sendDownload({ response, transfers }: Exchange, ticket: string): Promise<void> {
  const download = transfers.findDownload(ticket);
  if (download === null) throw new HttpRefusal(404, 'This download is not there any more.');
  const { size } = await stat(download.path);
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'application/octet-stream',
    'content-length': size,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(download.fileName)}`,
  });
  if (response.req.method === 'HEAD') response.end();
  else await pipeline(createReadStream(download.path), response);
}

async function sendWindow({ response, url, windowFolder }: Exchange): Promise<void> {
  const file = await readWindowFile(windowFolder, url.pathname);
  if (file === null) throw new HttpRefusal(404, 'There is no such file.');
  send(response, 200, file.type, file.bytes);
}

/** Answers whoever is let in. */
async function route(exchange: Exchange): Promise<void> {
  const { request, response, url, laboratory } = exchange;
  const [, folder = '', name = ''] = /^\/(api|download)\/([\w-]+)$/.exec(url.pathname) ?? [];
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (folder === 'api' && request.method === 'POST') return answerRequest(exchange, name);
  if (url.pathname === '/upload' && request.method === 'PUT') return takeUpload(exchange);
  if (folder === 'download' && isReading) return sendDownload(exchange, name);
  if (url.pathname === '/events' && request.method === 'GET') {
    streamEvents(response, HEADERS, laboratory.subscribe);
    return;
  }
  if (!isReading) throw new HttpRefusal(405, 'There is nothing of this kind to send here.');
  return sendWindow(exchange);
}

/** Leaves the token behind: the address in the history then has none. */
function welcome({ access, request, response }: Exchange): void {
  const cookie = { 'set-cookie': access.cookie };
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'none' || site === 'same-origin') {
    response.writeHead(303, { ...HEADERS, ...cookie, location: '/' }).end();
    return;
  }
  // Whoever followed a link of another site would be redirected without the cookie; a page of ours
  // that leads on is not.
  const page =
    '<!doctype html><meta http-equiv="refresh" content="0; url=/"><title>Folio Lab</title>';
  send(response, 200, 'text/html; charset=utf-8', page, cookie);
}

/** Decides who is let in, before anything else of a request is looked at. */
async function admit(exchange: Exchange): Promise<void> {
  const { access, request, url } = exchange;
  if (!access.isOurHost(request)) {
    throw new HttpRefusal(403, 'This laboratory answers under names of its own machine only.');
  }
  const token = url.searchParams.get('token');
  if (token !== null && url.pathname === '/' && request.method === 'GET') {
    if (!access.hasToken(token))
      throw new HttpRefusal(403, 'This is not the token of this laboratory.');
    welcome(exchange);
    return;
  }
  if (!access.isOurPage(request)) {
    throw new HttpRefusal(403, 'This laboratory answers its own pages only.');
  }
  if (!access.hasCookie(request)) {
    throw new HttpRefusal(401, 'This laboratory needs its token: open the address it printed.');
  }
  await route(exchange);
}

function refuse(response: ServerResponse, error: unknown, report: (error: unknown) => void): void {
  const isForeseen = error instanceof HttpRefusal;
  if (!isForeseen && !response.destroyed) report(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = isForeseen ? error.status : 500;
  const sentence = isForeseen ? error.message : 'The laboratory could not answer.';
  // What was not read of a refused body would be taken for the next request.
  send(response, status, 'text/plain; charset=utf-8', `${sentence}\n`, { connection: 'close' });
}

/** The address of a request as it was sent: nobody is named by it. */
function parseUrl(request: IncomingMessage): URL {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null || url.host !== 'localhost') throw new HttpRefusal(400, 'This is no address.');
  return url;
}

/** A server over a laboratory; it does not listen yet. */
export function createWebServer(options: WebServerOptions): Server {
  return createServer((request, response) => {
    const handle = async (): Promise<void> => {
      try {
        await admit({ ...options, request, response, url: parseUrl(request) });
      } catch (error) {
        refuse(response, error, options.report);
      }
    };
    void handle();
  });
}
