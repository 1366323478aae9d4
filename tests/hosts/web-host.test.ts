import { existsSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLibrary } from '../../src-main/lab/index.ts';
import { serveWeb, WebHostError } from '../../src-main/hosts/web/index.ts';
import { APPLICATION_FOLDER, experimentText, SOURCE_WORKERS, until } from './test-laboratory.ts';
import { askByHttp, openTestWebHost, signIn, visit } from './web-visitor.ts';
import type { TestWebHost } from './web-visitor.ts';

let host: TestWebHost;
let own: { readonly cookie: string; readonly origin: string };

beforeEach(async () => {
  host = await openTestWebHost();
  own = await signIn(host);
});
afterEach(async () => {
  await host.close();
  expect(host.reported).toEqual([]);
});

async function get(name: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await askByHttp(host, own, name, input);
  const reply = JSON.parse(answer.body.toString()) as { ok: boolean; value: never };
  expect(reply).toMatchObject({ ok: true });
  return reply.value;
}

async function upload(name: string, bytes: Buffer): Promise<string> {
  const sent = await visit(host, `/upload?name=${encodeURIComponent(name)}`, {
    method: 'PUT',
    headers: own,
    body: bytes,
  });
  return (JSON.parse(sent.body.toString()) as { upload: string }).upload;
}

/** Collects events until the connection ends. */
function listen(): { readonly text: () => string; readonly end: () => void } {
  let text = '';
  const sent = request(
    { host: '127.0.0.1', port: host.port, path: '/events', headers: own, agent: false },
    (response) => {
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('error', () => undefined);
    },
  );
  sent.on('error', () => undefined);
  sent.end();
  return { text: () => text, end: () => sent.destroy() };
}

it('lets in whoever shows the token, once, and leaves the token behind', async () => {
  const answer = await visit(host, `/?token=${host.token}`);

  expect(host.token).toMatch(/^[\da-f]{32}$/);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/');
  expect(answer.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(answer.headers['set-cookie']?.[0]).not.toContain(host.token);
});

it('lets in whoever follows a link of another site, by a page of its own', async () => {
  const answer = await visit(host, `/?token=${host.token}`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  });

  expect(answer.status).toBe(200);
  expect(answer.headers['set-cookie']).toHaveLength(1);
  expect(answer.body.toString()).toContain('url=/"');
});

it('is reached through a tunnel, under another port and name of this machine', async () => {
  const headers = { cookie: own.cookie, host: 'localhost:8080', origin: 'http://localhost:8080' };

  const page = await visit(host, '/', { headers });
  const asked = await askByHttp(host, headers, 'describeLab', null);

  expect([page.status, asked.status]).toEqual([200, 200]);
});

it('serves the window', async () => {
  const page = await visit(host, '/', { headers: own });
  const script = await visit(host, '/assets/window.js', { headers: own });
  const head = await visit(host, '/', { method: 'HEAD', headers: own });

  expect([page.status, script.status, head.status]).toEqual([200, 200, 200]);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect([page.body.length > 0, head.body.length]).toEqual([true, 0]);
});

it('answers requests as a host of the same laboratory', async () => {
  const lab = await get('describeLab', null);
  const unknown = await askByHttp(host, own, 'formatDisk', null);

  expect(lab).toMatchObject({ host: 'web', libraryPath: join(host.folder, 'library.db') });
  expect(JSON.parse(unknown.body.toString())).toMatchObject({ ok: false, code: 'bad-input' });
});

it('tells what happens while a run goes on, and the run goes on when nobody listens', async () => {
  const listener = listen();
  const { id: sessionId } = await get('createSession', { name: 'Reads' });
  const text = experimentText({ count: 200_000, replicates: 10 });
  const { runId } = await get('startRun', { text, sessionId, parentRunId: null });
  await until(() => listener.text().includes('event: runProgressed'));
  listener.end();

  const statusOf = async (): Promise<unknown> => {
    const runs = (await get('listRuns', null)) as unknown as { id: unknown; status: unknown }[];
    return runs.find(({ id }) => id === runId)?.status;
  };
  await until(async () => (await statusOf()) !== 'running');

  expect(await statusOf()).toBe('finished');
  expect(listener.text()).toContain(`"runId":"${String(runId)}"`);
});

it('takes a session as an upload and gives it as a download', async () => {
  const { id: sessionId } = await get('createSession', { name: 'Reads: 4 KiB' });
  const saved = await get('saveSessionFile', { sessionId });
  const file = await visit(host, String(saved['url']), { headers: own });
  await get('trash', { kind: 'session', id: sessionId });
  await get('purge', { kind: 'session', id: sessionId });

  const ticket = await upload('näme.foliolab', file.body);
  const preview = await get('openSessionFile', { upload: ticket });
  const report = await get('importSessionFile', { ticket: preview['ticket'] });

  expect(saved).toMatchObject({ kind: 'download', fileName: 'Reads 4 KiB.foliolab' });
  expect(file.headers['content-disposition']).toBe(
    "attachment; filename*=UTF-8''Reads%204%20KiB.foliolab",
  );
  expect(preview['fileName']).toBe('näme.foliolab');
  expect(report).toMatchObject({ sessionIds: [sessionId] });
});

/** The files of a ZIP archive, found by its list at the end as other programs do. */
function filesOfArchive(archive: Buffer): Record<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files: Record<string, string> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)));
    expect([bytes.length, crc32(bytes)]).toEqual([
      archive.readUInt32LE(at + 24),
      archive.readUInt32LE(at + 16),
    ]);
    files[name] = bytes.toString('utf8');
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

it('gives the tables of a run as one archive', async () => {
  const { id: sessionId } = await get('createSession', { name: 'Reads' });
  const { runId } = await get('startRun', { text: experimentText(), sessionId, parentRunId: null });
  await until(async () => {
    const runs = (await get('listRuns', null)) as unknown as { status: string }[];
    return runs.every(({ status }) => status !== 'running');
  });

  const exported = await get('exportCsv', { runId });
  const { body } = await visit(host, String(exported['url']), { headers: own });

  const folder = `small-${String(runId).slice(0, 8)}`;
  const tables = filesOfArchive(body);
  expect(exported['fileName']).toBe(`${folder}.zip`);
  expect(Object.keys(tables)).toEqual(
    ['allocations', 'events', 'latency', 'trials'].map((table) => `${folder}/${table}.csv`),
  );
  expect(tables[`${folder}/trials.csv`]?.trim().split('\n')).toHaveLength(3);
});

it('refuses an upload that was never made, and files of no kind the window uses', async () => {
  const reply = await askByHttp(host, own, 'openSessionFile', { upload: 'none' });
  const notes = await visit(host, '/notes.txt', { headers: own });
  const download = await visit(host, '/download/none', { headers: own });
  const folder = await visit(host, '/assets', { headers: own });

  expect(JSON.parse(reply.body.toString())).toMatchObject({ ok: false, code: 'bad-input' });
  expect([notes.status, download.status, folder.status]).toEqual([404, 404, 404]);
});

it('says in one sentence that a port is in use', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const serving = serveWeb({
    windowFolder: join(host.folder, 'window'),
    port,
    command: 'folio-lab',
    applicationFolder: APPLICATION_FOLDER,
    libraryPath: join(host.folder, 'other.db'),
    workers: SOURCE_WORKERS,
    report: () => undefined,
  });

  await expect(serving).rejects.toThrow(WebHostError);
  await expect(serving).rejects.toThrow(`Port ${port} is in use`);
  other.close();
});

it('cancels its runs when it is closed', async () => {
  const second = await openTestWebHost();
  const visitor = await signIn(second);
  const ask = async (name: string, input: unknown): Promise<Record<string, string>> => {
    const { body } = await askByHttp(second, visitor, name, input);
    return (JSON.parse(body.toString()) as { value: Record<string, string> }).value;
  };
  const { id: sessionId } = await ask('createSession', { name: 'Reads' });
  const text = experimentText({ count: 100_000_000, replicates: 50 });
  const { runId = '' } = await ask('startRun', { text, sessionId, parentRunId: null });

  await second.host.close();
  const library = openLibrary(join(second.folder, 'library.db'));
  const run = library.findRun(runId);
  library.close();
  await second.close();

  expect(run?.status).toBe('cancelled');
  expect(existsSync(second.folder)).toBe(false);
});
