import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RequestFailure, safeFileName } from '../requests/index.ts';
import type { FileExchange } from '../requests/index.ts';
import { writeZip } from './zip-archive.ts';

/** A file on its way between browser and laboratory. */
export type Transfer = { readonly path: string; readonly fileName: string };

/** Files that came from browsers, and files that wait to be fetched. */
export type Transfers = {
  /** For the laboratory: files come as uploads and go as downloads. */
  readonly files: FileExchange;
  /** A place for a file that is being sent. */
  readonly beginUpload: (fileName: string) => Promise<Transfer>;
  /** Keeps a file that was sent. @returns The ticket by which a request names it. */
  readonly keepUpload: (upload: Transfer) => string;
  readonly findDownload: (ticket: string) => Transfer | null;
  /** Removes all files. */
  readonly close: () => void;
};

/** The oldest go first: what a browser was given and did not use is not kept for ever. */
const MOST_KEPT = 8;

/** Files under tickets, each in a folder of its own. */
class TicketBox {
  private readonly transfers = new Map<string, Transfer>();

  keep(transfer: Transfer): string {
    const ticket = randomUUID();
    this.transfers.set(ticket, transfer);
    const [oldest] = this.transfers;
    if (oldest !== undefined && this.transfers.size > MOST_KEPT) {
      this.transfers.delete(oldest[0]);
      void rm(oldest[1].path, { force: true });
    }
    return ticket;
  }

  find(ticket: string): Transfer | null {
    return this.transfers.get(ticket) ?? null;
  }
}

async function archiveFolder(folder: string, name: string, target: string): Promise<void> {
  const files = (await readdir(folder)).sort();
  await writeZip(
    target,
    files.map((file) => ({ name: `${name}/${file}`, path: join(folder, file) })),
  );
}

/** Keeps files in a new folder that only this user can read. */
export function createTransfers(): Transfers {
  const root = mkdtempSync(join(tmpdir(), 'folio-lab-web-'));
  const uploads = new TicketBox();
  const downloads = new TicketBox();
  const place = async (fileName: string): Promise<Transfer> => {
    const folder = join(root, randomUUID());
    await mkdir(folder);
    // Under its own name, which is what problems with it say.
    return { path: join(folder, safeFileName(fileName)), fileName };
  };
  const offer = async (fileName: string, write: (path: string) => Promise<void>) => {
    const transfer = await place(fileName);
    await write(transfer.path);
    const url = `/download/${downloads.keep(transfer)}`;
    return { kind: 'download', url, fileName } as const;
  };
  const files: FileExchange = {
    open: (_kind, upload) => {
      const transfer = upload === null ? null : uploads.find(upload);
      if (transfer !== null) return Promise.resolve({ ...transfer, isOriginal: false });
      const sentence = 'The file is not there any more; choose it again.';
      return Promise.reject(new RequestFailure('bad-input', sentence));
    },
    // A browser does not tell where a file lies.
    recentFiles: () => [],
    openRecentFile: () => undefined,
    save: (suggestedName, _kind, write) => offer(suggestedName, write),
    saveFolder: (suggestedName, write) =>
      offer(`${suggestedName}.zip`, async (target) => {
        const folder = `${target}.folder`;
        try {
          await write(folder);
          await archiveFolder(folder, suggestedName, target);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
  };
  return {
    files,
    beginUpload: place,
    keepUpload: (upload) => uploads.keep(upload),
    findDownload: (ticket) => downloads.find(ticket),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}
