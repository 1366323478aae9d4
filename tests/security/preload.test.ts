import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, expect, it } from 'vitest';
import { LAB_EVENT_NAMES, REQUEST_NAMES } from '#contract';
import { buildApplication } from '../electron/application.ts';
import { APPLICATION_FOLDER } from '../hosts/test-laboratory.ts';

let text: string;

beforeAll(async () => {
  await buildApplication();
  text = readFileSync(join(APPLICATION_FOLDER, 'out/preload/index.cjs'), 'utf8');
});

type Exposed = Readonly<Record<string, (input: unknown) => unknown>>;

/** Runs the built preload with an Electron that only writes down what is asked of it. */
function runPreload(): {
  readonly exposed: ReadonlyMap<string, Exposed>;
  readonly asked: readonly string[];
  readonly sent: readonly unknown[][];
} {
  const exposed = new Map<string, Exposed>();
  const asked: string[] = [];
  const sent: unknown[][] = [];
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: Exposed) => exposed.set(name, api),
    },
    ipcRenderer: {
      invoke: (...words: unknown[]) => {
        sent.push(words);
        return Promise.resolve({ ok: true, value: null });
      },
      send: (...words: unknown[]) => sent.push(words),
      on: () => undefined,
      off: () => undefined,
    },
    webUtils: { getPathForFile: (file: { readonly path?: string }) => file.path ?? '' },
  };
  const require = (name: string): unknown => {
    asked.push(name);
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`);
    return electron;
  };
  runInContext(text, createContext({ require, exports: {}, module: { exports: {} } }));
  return { exposed, asked, sent };
}

/*
 * A page that an attacker controls has everything the preload exposes. One method that takes the name
 * of a channel, or hands out an event object, is a way to every other.
 */
it('exposes one object with one method for each request and event, one for dropped files, and nothing else', () => {
  const { exposed } = runPreload();

  const names = Object.keys(exposed.get('lab') ?? {});
  const events = LAB_EVENT_NAMES.map(
    (name) => `on${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
  );
  expect([...exposed.keys()]).toEqual(['lab']);
  expect(names.sort()).toEqual([...REQUEST_NAMES, 'bringFile', ...events].sort());
});

/*
 * The attacker passes more than one argument, or one that looks like a channel.
 */
it('sends each method on its own channel, with one argument', async () => {
  const { exposed, sent } = runPreload();
  const lab = exposed.get('lab') ?? {};

  for (const name of REQUEST_NAMES) {
    await Reflect.apply(lab[name] ?? (() => undefined), undefined, ['lab:purge', 'lab:trash']);
  }

  expect(sent).toEqual(REQUEST_NAMES.map((name) => [`lab:${name}`, 'lab:purge']));
});

/*
 * The attacker has no file of the user's and names one by its path.
 */
it('sends the path that Electron knows of a dropped file, and none that a page names', async () => {
  const { exposed, sent } = runPreload();
  const { bringFile } = exposed.get('lab') ?? {};

  await bringFile?.({ path: '/home/ada/reads.foliolab' });
  await bringFile?.('/etc/passwd');

  expect(sent).toEqual([
    ['lab:bringFile', '/home/ada/reads.foliolab'],
    ['lab:bringFile', ''],
  ]);
});

/*
 * A preload that needs another file gets it only without the sandbox, and somebody will then turn the
 * sandbox off.
 */
it('is one file that loads nothing but electron', () => {
  const { asked } = runPreload();

  expect(new Set(asked)).toEqual(new Set(['electron']));
  expect(text).not.toMatch(/\b(import\(|process\.|eval\(|new Function)/);
});
