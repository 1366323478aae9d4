import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askByHttp, openTestWebHost, signIn, visit } from '../hosts/web-visitor.ts';
import type { TestWebHost } from '../hosts/web-visitor.ts';

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

/*
 * Another user of the same machine looks for open ports on the loopback address, finds ours, and asks
 * for the runs, or starts some, without ever having seen the token.
 */
it('answers nothing to whoever does not have the token', async () => {
  const strangers = [{}, { cookie: own.cookie.replace(/=.*/, '=') }, { cookie: 'folio-lab=1' }];
  const statuses: number[] = [];
  for (const { cookie = '' } of strangers) {
    const headers = { origin: own.origin, cookie };
    for (const path of ['/', '/assets/window.js', '/events', '/download/x']) {
      statuses.push((await visit(host, path, { headers })).status);
    }
    statuses.push((await askByHttp(host, headers, 'listRuns', null)).status);
    statuses.push((await visit(host, '/upload', { method: 'PUT', headers })).status);
  }

  expect(new Set(statuses)).toEqual(new Set([401]));
});

/*
 * The stranger guesses. Tokens that begin right must be refused like any other, and the token must not
 * work anywhere but on the one address where it is exchanged.
 */
it('refuses tokens that are nearly right, and the right one in the wrong place', async () => {
  const wrong = ['', host.token.slice(0, -1), `${host.token}0`, host.token.toUpperCase() + ' '];
  for (const token of wrong) {
    const { status, headers } = await visit(host, `/?token=${encodeURIComponent(token)}`);
    expect([status, headers['set-cookie']]).toEqual([403, undefined]);
  }
  expect((await visit(host, `/assets/window.js?token=${host.token}`)).status).toBe(401);
  expect((await visit(host, `/events?token=${host.token}`)).status).toBe(401);
  const bearer = { authorization: `Bearer ${host.token}`, origin: own.origin };
  expect((await askByHttp(host, bearer, 'listRuns', null)).status).toBe(401);
});

/*
 * DNS rebinding: the user visits http://attack.example, whose name then resolves to 127.0.0.1. The
 * page is now of the same origin as our server, as far as the browser knows, and the requests it
 * sends bear the name of the attacker as their host.
 */
it('refuses requests under a name that is not of this machine', async () => {
  const names = ['attack.example', `attack.example:${host.port}`, '127.0.0.1.attack.example'];
  for (const name of names) {
    const headers = { host: name, cookie: own.cookie, origin: `http://${name}` };
    expect((await askByHttp(host, headers, 'listRuns', null)).status).toBe(403);
    expect((await visit(host, '/', { headers })).status).toBe(403);
    expect((await visit(host, `/?token=${host.token}`, { headers: { host: name } })).status).toBe(
      403,
    );
  }
});

/*
 * Cross-site request forgery: a page of another site, or of another program on another port of this
 * machine, sends a form or a fetch to our port and hopes that the browser adds our cookie.
 */
it('refuses requests of pages that are not its own, whatever cookie they bear', async () => {
  const origins = [
    'https://attack.example',
    'http://127.0.0.1:1',
    `http://localhost:${host.port}`,
    `https://127.0.0.1:${host.port}`,
    'null',
  ];
  for (const origin of origins) {
    const headers = { cookie: own.cookie, origin };
    expect((await askByHttp(host, headers, 'listRuns', null)).status).toBe(403);
    expect((await visit(host, '/upload', { method: 'PUT', headers })).status).toBe(403);
    expect((await visit(host, '/', { headers })).status).toBe(403);
  }
  const noOrigin = await askByHttp(host, { cookie: own.cookie }, 'listRuns', null);
  expect(noOrigin.status).toBe(403);
  const sites = ['cross-site', 'same-site'];
  for (const site of sites) {
    const headers = { ...own, 'sec-fetch-site': site };
    expect((await visit(host, '/events', { headers })).status).toBe(403);
  }
});

/*
 * A form can be sent across sites without being asked for permission first, but only as text, as a
 * form or as its parts. JSON in disguise must not be read.
 */
it('reads requests only in the type that a form cannot send', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  ]) {
    const headers = { ...own, 'content-type': type };
    const answer = await visit(host, '/api/listRuns', { method: 'POST', headers, body: 'null' });
    expect(answer.status).toBe(415);
  }
});

/*
 * The attacker has come as far as asking for files of the window and tries to climb out of its folder.
 */
it('gives no file outside the window', async () => {
  const paths = [
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/%2e%2e%2fsecret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/..%5csecret.js',
    '/assets/..\\..\\secret.js',
    '//secret.js',
    '/./../secret.js',
    '/%00/../secret.js',
    '/secret.js%00.html',
    '/%c0%ae%c0%ae/secret.js',
    `/${host.folder}/secret.js`,
    '/%ff',
  ];
  for (const path of paths) {
    const answer = await visit(host, path, { headers: own });
    expect([path, answer.status === 200 && answer.body.includes('beside the window')]).toEqual([
      path,
      false,
    ]);
    expect([400, 404]).toContain(answer.status);
  }
});

/*
 * A name in a notebook, a run or a file carries markup, and some page forgets to escape it. Nothing of
 * it may run, load or be sent anywhere.
 */
it('says with every answer that pages run nothing but its own files', async () => {
  const answers = [
    await visit(host, '/', { headers: own }),
    await visit(host, '/assets/window.js', { headers: own }),
    await visit(host, '/nothing', { headers: own }),
    await visit(host, '/'),
    await visit(host, `/?token=${host.token}`),
    await askByHttp(host, own, 'describeLab', null),
  ];
  for (const { headers } of answers) {
    const policy = headers['content-security-policy'] ?? '';
    const rules = new Map(
      String(policy)
        .split('; ')
        .map((rule) => [rule.split(' ', 1).join(''), rule.replace(/^\S+ /, '')]),
    );
    expect(rules.get('default-src')).toBe("'none'");
    expect(rules.get('script-src')).toBe("'self'");
    expect(rules.get('style-src')).toBe("'self'");
    expect(rules.get('connect-src')).toBe("'self'");
    expect(rules.get('frame-ancestors')).toBe("'none'");
    expect(policy).not.toMatch(/unsafe|\*|http/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});

/*
 * Somebody in the same network connects to the machine's outer address.
 */
it('listens on the loopback address and on no other', async () => {
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  // Any address of 127.0.0.0/8 but the one reaches this machine too.
  for (const address of [...outer, '127.0.0.2']) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: address, port: host.port });
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    expect([address, connected]).toEqual([address, false]);
  }
});

/*
 * A body without end fills the memory, or the disk.
 */
it('stops reading a body that is too long', async () => {
  const announced = await visit(host, '/api/saveDraft', {
    method: 'POST',
    headers: { ...own, 'content-type': 'application/json', 'content-length': '90000000' },
    body: '{',
  });
  expect(announced.status).toBe(413);

  const huge = await visit(host, '/upload', {
    method: 'PUT',
    headers: { ...own, 'content-length': '2000000000' },
    body: 'x',
  });
  expect(huge.status).toBe(413);
});

/*
 * The address of a request names another server, or carries a line of its own, to have a log, a
 * redirect or a proxy misled.
 */
it('does not follow addresses that name somebody else', async () => {
  const other = await visit(host, `http://attack.example/?token=${host.token}`, { headers: own });
  const slashes = await visit(host, `//attack.example/?token=${host.token}`, { headers: own });

  expect([other.status, slashes.status]).toEqual([400, 400]);
  expect([other.headers.location, slashes.headers.location]).toEqual([undefined, undefined]);
});
