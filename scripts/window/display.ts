import { spawn, spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';

/** A display to open windows on. */
export type Display = { readonly name: string; readonly close: () => void };

/** Whether a display is there, or can be made. */
export function canHaveDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  const isThere = (process.env['DISPLAY'] ?? '') !== '';
  return isThere || spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error === undefined;
}

/** Takes the display that is there, or makes one in memory that nobody sees. */
export async function openDisplay(): Promise<Display> {
  const there = process.env['DISPLAY'] ?? '';
  if (process.platform !== 'linux' || there !== '') return { name: there, close: () => undefined };
  // Without -noreset it starts anew when its last window goes, and a window that comes then is lost.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const pipe = server.stdio[3];
  if (!(pipe instanceof Readable)) throw new Error('Xvfb has no pipe to tell its number.');
  const number = await new Promise<string>((resolve, reject) => {
    pipe.once('data', (text: Buffer) => resolve(text.toString().trim()));
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${String(code)}`)));
  });
  const end = (): void => void server.kill();
  process.once('exit', end);
  return {
    name: `:${number}`,
    close: () => {
      process.off('exit', end);
      end();
    },
  };
}
