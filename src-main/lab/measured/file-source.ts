import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What identifies a file that was read to its end. */
export type FileIdentity = { readonly sha256: string; readonly bytes: number };

/** Enough to tell what a file is: a listing may stand below pages of prose. */
const HEAD_BYTES = 262_144;

/**
 * A file that is read once: its beginning first, to find out what it is, and then all of it. What is
 * digested is what was read, whatever happens to the file meanwhile.
 */
export class FileSource {
  private readonly chunks: AsyncIterator<Buffer>;
  private readonly stream: ReturnType<typeof createReadStream>;
  private readonly hash = createHash('sha256');
  private readonly kept: Buffer[] = [];
  private bytes = 0;

  constructor(path: string) {
    this.stream = createReadStream(path);
    this.chunks = this.stream[Symbol.asyncIterator]();
  }

  /** The beginning of the file. @throws What the system says of a file that cannot be read. */
  async readHead(): Promise<Buffer> {
    while (this.bytes < HEAD_BYTES) {
      const chunk = await this.nextChunk();
      if (chunk === null) break;
      this.kept.push(chunk);
    }
    return Buffer.concat(this.kept);
  }

  /** The whole file, its beginning included. */
  async *readAll(): AsyncGenerator<Buffer> {
    yield* this.kept.splice(0);
    for (let chunk = await this.nextChunk(); chunk !== null; chunk = await this.nextChunk()) {
      yield chunk;
    }
  }

  /** What the file was, once all of it was read. */
  async identify(): Promise<FileIdentity> {
    // A reader may stop where its format ends.
    for (let chunk = await this.nextChunk(); chunk !== null; chunk = await this.nextChunk());
    return { sha256: this.hash.digest('hex'), bytes: this.bytes };
  }

  close(): void {
    this.stream.destroy();
  }

  private async nextChunk(): Promise<Buffer | null> {
    const step = await this.chunks.next();
    if (step.done === true) return null;
    const chunk = step.value;
    this.hash.update(chunk);
    this.bytes += chunk.length;
    return chunk;
  }
}
