import type { RaceSetup } from '#core';
import type { System } from './every-schedule.ts';

/**
 * A page of a file as the rules RACE-3 to RACE-9 tell it, with contents that are counted: every write
 * of the device makes memory one version newer. Written from the rules, not from the core.
 */
type Page = {
  entry: 'none' | 'r' | 'w';
  dirty: boolean;
  buffers: boolean;
  references: number;
  pins: number;
  lease: 'none' | 'held' | 'called back';
  device: 'off' | 'on' | 'finished';
  memory: number;
  disk: number;
  /** The write that is under way: who asked for it and which version it carries. */
  write: { readonly by: string; readonly version: number } | null;
  /** Who asked for the last write that left the page clean. */
  cleaner: string | null;
  panic: boolean;
};

const START: Page = {
  entry: 'none',
  dirty: false,
  buffers: false,
  references: 0,
  pins: 0,
  lease: 'none',
  device: 'off',
  memory: 0,
  disk: 0,
  write: null,
  cleaner: null,
  panic: false,
};

function markDirty(page: Page): void {
  page.dirty = true;
  page.cleaner = null;
}

function beginWrite(page: Page, by: string, bounce: boolean): void {
  if (!page.buffers) {
    page.panic = true;
    return;
  }
  page.write = { by, version: page.memory };
  if (bounce && page.pins > 0) return;
  page.dirty = false;
  page.cleaner = by;
  if (page.entry === 'w') page.entry = 'r';
}

function endWrite(page: Page): void {
  page.disk = page.write?.version ?? page.disk;
  page.write = null;
}

function nextPages(page: Page, setup: RaceSetup): Page[] {
  if (page.panic) return [];
  const has = (fix: RaceSetup['fixes'][number]): boolean => setup.fixes.includes(fix);
  const pages: Page[] = [];
  const step = (can: boolean, change: (page: Page) => void): void => {
    if (!can) return;
    const copy = { ...page };
    change(copy);
    pages.push(copy);
  };
  const isPinned = page.pins > 0;
  const isLeased = has('revocable-lease') && isPinned;
  const keptByReclaim = isLeased || (setup.rules === 'v7.1' && isPinned);
  const isReclaimable = page.entry === 'none' && page.write === null && !keptByReclaim;

  // The application.
  step(page.entry !== 'w', (copy) => {
    copy.entry = 'w';
    copy.buffers = true;
    markDirty(copy);
  });
  step(page.entry === 'w' && page.references === 0, (copy) => {
    copy.references = 1;
    if (setup.reference === 'pin') copy.pins = 1;
    if (setup.reference === 'pin' && has('revocable-lease')) copy.lease = 'held';
  });

  // The driver and its device.
  const mayWrite = page.lease !== 'called back';
  step(page.references > 0 && page.device === 'off' && mayWrite, (copy) => (copy.device = 'on'));
  step(page.device === 'on' && mayWrite, (copy) => (copy.memory += 1));
  step(page.device === 'on' || (page.device === 'off' && !mayWrite), (copy) => {
    copy.device = 'finished';
    markDirty(copy);
  });
  step(page.device === 'finished', (copy) => {
    copy.references = 0;
    copy.pins = 0;
    copy.lease = 'none';
    copy.device = 'off';
  });

  // Reclaim.
  const keepsEntry = isLeased || (has('hold-off-unmap') && isPinned);
  step(page.lease === 'held', (copy) => (copy.lease = 'called back'));
  step(
    page.entry !== 'none' && page.write === null && !keepsEntry,
    (copy) => (copy.entry = 'none'),
  );
  step(isReclaimable && page.dirty && page.buffers, (copy) =>
    beginWrite(copy, 'reclaim', has('bounce-writeback')),
  );
  step(isReclaimable && !page.dirty && page.buffers, (copy) => (copy.buffers = false));

  // Ordinary writeback, and the end of either kind.
  step(page.lease === 'held' && page.dirty, (copy) => (copy.lease = 'called back'));
  step(page.dirty && page.write === null && !isLeased, (copy) =>
    beginWrite(copy, 'writeback', has('bounce-writeback')),
  );
  step(page.write !== null, endWrite);
  return pages;
}

/** Versions grow without end; what matters is how memory, the write and the disk stand to each other. */
function identityOf({ memory, disk, write, ...rest }: Page): string {
  const newest = write !== null && write.version === memory ? 'written' : 'in memory';
  return [...Object.values(rest), write?.by, memory === disk ? 'on disk' : newest].join();
}

/** The wrongs are the crash, the loss by reclaim, the loss by ordinary writeback. */
export function filePage(setup: RaceSetup): System<Page> {
  const isStale = ({ memory, disk, dirty, write }: Page): boolean =>
    memory > disk && !dirty && write === null;
  return {
    start: START,
    next: (page) => nextPages(page, setup),
    identity: identityOf,
    wrongs: (page) => [
      page.panic,
      isStale(page) && page.cleaner === 'reclaim',
      isStale(page) && page.cleaner === 'writeback',
    ],
  };
}
