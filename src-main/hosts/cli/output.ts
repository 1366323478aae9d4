import type { Writable } from 'node:stream';

/** Whether whoever read the output has left, as `head` does. Nothing more is written then. */
let isReaderGone = false;

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** Keeps a closed pipe from ending the process: a run goes on although nobody reads its table. */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      if (!isClosedPipe(error)) throw error;
    });
  }
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
        reject(new Error(`the output cannot be written: ${error.message}`));
      }
    });
  });
}

/** Writes a result, and waits until the reader has taken it. */
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
