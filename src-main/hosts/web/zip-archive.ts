import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file that goes into an archive. */
export type ArchiveEntry = {
  /** Its path in the archive, with `/`. */
  readonly name: string;
  readonly path: string;
};

/** What the archive says of one file. Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.9 and 4.3.12. */
type WrittenEntry = {
  readonly name: Buffer;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
};

/** Bit 3: sizes follow the data. Bit 11: names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;
const VERSION = 20;
/** 1 January 1980, the earliest a ZIP can say: the same files make the same archive. */
const DATE = 0x0021;
const LARGEST = 0xffff_ffff;

/** A sequence of 16-bit and 32-bit numbers, little-endian. */
function record(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

function localHeader(name: Buffer): Buffer {
  return Buffer.concat([
    record([4, 0x0403_4b50], [2, VERSION], [2, FLAGS], [2, DEFLATE], [2, 0], [2, DATE]),
    record([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]),
    name,
  ]);
}

function centralHeader({ name, crc, packedBytes, bytes, offset }: WrittenEntry): Buffer {
  return Buffer.concat([
    record([4, 0x0201_4b50], [2, VERSION], [2, VERSION], [2, FLAGS], [2, DEFLATE], [2, 0]),
    record([2, DATE], [4, crc], [4, packedBytes], [4, bytes], [2, name.length], [2, 0]),
    record([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
  ]);
}

/** Writes to a file and knows how far it is. */
class Output {
  private readonly file: FileHandle;
  offset = 0;

  constructor(file: FileHandle) {
    this.file = file;
  }

  async write(bytes: Buffer): Promise<void> {
    await this.file.appendFile(bytes);
    this.offset += bytes.length;
    if (this.offset > LARGEST) throw new Error('the archive would be larger than 4 GiB');
  }
}

async function writeEntry(output: Output, { name, path }: ArchiveEntry): Promise<WrittenEntry> {
  const encodedName = Buffer.from(name, 'utf8');
  const { offset } = output;
  await output.write(localHeader(encodedName));
  const start = output.offset;
  let crc = 0;
  let bytes = 0;
  const source = createReadStream(path);
  const packer = createDeflateRaw();
  source.on('data', (piece) => {
    crc = crc32(piece, crc);
    bytes += piece.length;
  });
  source.on('error', (error) => packer.destroy(error));
  source.pipe(packer);
  for await (const piece of packer) {
    if (Buffer.isBuffer(piece)) await output.write(piece);
  }
  const packedBytes = output.offset - start;
  await output.write(record([4, 0x0807_4b50], [4, crc], [4, packedBytes], [4, bytes]));
  return { name: encodedName, crc, packedBytes, bytes, offset };
}

/** Writes files as one ZIP archive, piece by piece. */
export async function writeZip(target: string, entries: readonly ArchiveEntry[]): Promise<void> {
  const file = await open(target, 'wx');
  try {
    const output = new Output(file);
    const written: WrittenEntry[] = [];
    for (const entry of entries) written.push(await writeEntry(output, entry));
    const start = output.offset;
    for (const entry of written) await output.write(centralHeader(entry));
    const count = written.length;
    await output.write(
      record(
        [4, 0x0605_4b50],
        [2, 0],
        [2, 0],
        [2, count],
        [2, count],
        [4, output.offset - start],
        [4, start],
        [2, 0],
      ),
    );
  } finally {
    await file.close();
  }
}
