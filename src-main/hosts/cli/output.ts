import type { Writable } from 'node:stream';
import { Failure } from './failure.ts';

/** Whether whoever read the output has left, as `head` does. Nothing more is written then. */
let isReaderGone = false;

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/**
 * Keeps a closed pipe or a full disk from ending the process in the middle of its work: a run goes on
 * although nobody reads its table. `print` tells what went wrong.
 */
export function surviveOutputErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) {
        resolve();
      } else if (isClosedPipe(error)) {
        isReaderGone = true;
        resolve();
      } else {
        reject(new Failure(`the output cannot be written: ${error.message}`));
      }
    });
  });
}

/**
 * Writes a result, and waits until the reader has taken it.
 *
 * @throws {Failure} when it cannot be written; a reader who has left is no failure.
 */
export async function print(text: string): Promise<void> {
  if (!isReaderGone) await write(process.stdout, text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes one JSON document, the only thing on standard output. */
export async function printJson(document: unknown): Promise<void> {
  await print(JSON.stringify(document, null, 2));
}

/** Writes what is no result: progress, notes and errors. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
