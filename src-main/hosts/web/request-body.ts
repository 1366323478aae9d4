import type { IncomingMessage } from 'node:http';
import { open, rm } from 'node:fs/promises';
import { HttpRefusal } from './http-refusal.ts';

function checkLength(request: IncomingMessage, limit: number): void {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) refuseLength(limit);
}

function refuseLength(limit: number): never {
  throw new HttpRefusal(
    413,
    `What was sent is larger than ${limit.toLocaleString('en-US')} bytes.`,
  );
}

/** The pieces of a body, which are refused as soon as they are too many. */
async function* limitedPieces(request: IncomingMessage, limit: number): AsyncGenerator<Buffer> {
  checkLength(request, limit);
  let length = 0;
  for await (const piece of request) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    length += bytes.length;
    if (length > limit) refuseLength(limit);
    yield bytes;
  }
}

/**
 * Reads a JSON body.
 *
 * @param limit  Unit: bytes.
 * @throws {HttpRefusal} 413, 415 or 400.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  // A page elsewhere cannot send this type without asking first, and it would be refused.
  if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
    throw new HttpRefusal(415, 'A request is sent as application/json.');
  }
  const pieces: Buffer[] = [];
  for await (const piece of limitedPieces(request, limit)) pieces.push(piece);
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new HttpRefusal(400, 'What was sent is no JSON.');
  }
}

/**
 * Writes a body to a file; a body that is cut off or too long leaves none.
 *
 * @param limit  Unit: bytes.
 * @throws {HttpRefusal} 413.
 */
export async function writeBody(
  request: IncomingMessage,
  path: string,
  limit: number,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const piece of limitedPieces(request, limit)) await file.appendFile(piece);
    await file.close();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}
