import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWeb } from '../../src-main/hosts/web/index.ts';
import type { WebHost } from '../../src-main/hosts/web/index.ts';
import { APPLICATION_FOLDER, SOURCE_WORKERS } from './test-laboratory.ts';

/** A web host over a library of its own, with a window of three files. */
export type TestWebHost = {
  readonly host: WebHost;
  readonly folder: string;
  readonly port: number;
  readonly token: string;
  readonly reported: unknown[];
  readonly close: () => Promise<void>;
};

/** The window: what matters here is only that it is files in a folder. */
function writeWindow(folder: string): void {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Folio Lab</title>');
  writeFileSync(join(folder, 'assets/window.js'), 'export {};');
  writeFileSync(join(folder, 'notes.txt'), 'of no kind the window uses');
}

export async function openTestWebHost(): Promise<TestWebHost> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  const windowFolder = join(folder, 'window');
  writeWindow(windowFolder);
  writeFileSync(join(folder, 'secret.js'), 'beside the window');
  const reported: unknown[] = [];
  const host = await serveWeb({
    windowFolder,
    port: 0,
    command: 'folio-lab',
    applicationFolder: APPLICATION_FOLDER,
    libraryPath: join(folder, 'library.db'),
    workers: SOURCE_WORKERS,
    report: (error) => reported.push(error),
  });
  const { port, searchParams } = new URL(host.address);
  return {
    host,
    folder,
    port: Number(port),
    token: searchParams.get('token') ?? '',
    reported,
    close: async () => {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Visit = {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
};

/** Sends exactly what it is told to: a path is not tidied, and no header is added. */
export function visit({ port }: TestWebHost, path: string, what: Visit = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = what;
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { host: `127.0.0.1:${port}`, ...headers },
        agent: false,
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces),
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a browser sends with every request after it showed the token. */
export async function signIn(host: TestWebHost): Promise<{ cookie: string; origin: string }> {
  const { headers } = await visit(host, `/?token=${host.token}`);
  const [cookie = ''] = headers['set-cookie'] ?? [];
  return { cookie: cookie.split(';', 1).join(''), origin: `http://127.0.0.1:${host.port}` };
}

/** Asks the laboratory as its page does. */
export async function askByHttp(
  host: TestWebHost,
  headers: OutgoingHttpHeaders,
  name: string,
  input: unknown,
): Promise<Answer> {
  return visit(host, `/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });
}
