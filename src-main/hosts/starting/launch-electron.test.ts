import { expect, it } from 'vitest';
import { launchElectron } from './launch-electron.ts';

/** A program in place of Electron: Node, with a script that does what the application does. */
function launch(script: string, notes: string[] = []) {
  return launchElectron({
    program: process.execPath,
    words: ['-e', script],
    note: (line) => notes.push(line),
  });
}

it('waits until the window is open, and until it is closed', async () => {
  const notes: string[] = [];
  const found = await launch(
    `process.stderr.write('[1:1120/0:ERROR:bus.cc(407)] no bus\\n');
     process.send('window-open');
     setTimeout(() => {
       process.stderr.write('[1:1120/0:ERROR:gpu.cc(1)] no graphics\\nsaid by the application\\n');
       process.exit(3);
     }, 100);`,
    notes,
  );

  expect(found.kind).toBe('window-open');
  expect(found.kind === 'window-open' && (await found.ended)).toBe(3);
  expect(notes).toEqual(['said by the application']);
});

it('hears that another one runs already, and that it failed', async () => {
  expect(await launch(`process.send('handed-over')`)).toEqual({ kind: 'handed-over' });
  expect(await launch(`process.send('failed')`)).toEqual({ kind: 'failed' });
});

it('says in one line why there was no window', async () => {
  const fatal =
    '[1120/090420.57:FATAL:electron_main_delegate.cc(287)] Running as root without --no-sandbox is not supported. See https://crbug.com/638180.';
  const missing = 'electron: error while loading shared libraries: libgtk-3.so.0: cannot open';
  const stack = 'Error: it broke\\n    at start (file:1:1)\\n    at main (file:2:2)';

  expect(await launch(`console.error(${JSON.stringify(fatal)}); process.abort()`)).toEqual({
    kind: 'refused',
    reason: 'Running as root without --no-sandbox is not supported. See https://crbug.com/638180',
  });
  expect(await launch(`console.error(${JSON.stringify(missing)}); process.exit(127)`)).toEqual({
    kind: 'refused',
    reason: missing,
  });
  expect(await launch(`console.error('${stack}'); process.exit(1)`)).toEqual({
    kind: 'refused',
    reason: 'Error: it broke',
  });
  expect(await launch('process.exit(7)')).toEqual({ kind: 'refused', reason: 'exit status 7' });
  expect(await launch(`process.kill(process.pid, 'SIGKILL')`)).toEqual({
    kind: 'refused',
    reason: 'signal SIGKILL',
  });
});

it('does not mind a program that is not there', async () => {
  const found = await launchElectron({
    program: '/no/such/program',
    words: [],
    note: () => undefined,
  });

  expect(found).toMatchObject({ kind: 'refused' });
});
