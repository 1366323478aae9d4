import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extentsFromLayout, folioHead } from '#core';
import type { Extent } from '#core';
import { parseLayoutCsv } from '../import/layout-csv.ts';
import { CaptureError } from './capture-error.ts';
import { captureLayout } from './capture-layout.ts';
import type { CapturedLayout, CaptureRequest } from './capture-layout.ts';
import { openProcessSource } from './process-source.ts';
import type { ProcessSource } from './process-source.ts';
import { maySetKernel, startMemoryChild, withKernelSetting } from './testing/start-memory-child.ts';
import type { MemoryChild } from './testing/start-memory-child.ts';

async function canCapture(): Promise<boolean> {
  try {
    using source = await openProcessSource(process.pid);
    return source.scan.ok;
  } catch (error) {
    if (error instanceof CaptureError) return false;
    throw error;
  }
}

const THP = '/sys/kernel/mm/transparent_hugepage';
const MTHP_64K = `${THP}/hugepages-64kB/enabled`;
const HUGETLB_PAGES = '/proc/sys/vm/nr_hugepages';
const isRoot = await canCapture();
const hasThp =
  isRoot && existsSync(THP) && !readFileSync(`${THP}/enabled`, 'utf8').includes('[never]');
const hasMthp = hasThp && maySetKernel(MTHP_64K);
const PAGES_OF_HUGE = 512;

/** A region of a child, and what it is captured as. */
async function captureRegion(
  child: MemoryChild,
  name: string,
  rest: Partial<CaptureRequest> = {},
): Promise<CapturedLayout & { readonly rows: readonly Extent[] }> {
  const range = child.regions[name];
  if (range === undefined) throw new Error(`no region ${name}`);
  using source = await openProcessSource(child.pid);
  const everything = { onlyPresent: false, onlyWritable: false, isAbsolute: true };
  const captured = captureLayout(source, { ...everything, range, ...rest });
  expect(parseLayoutCsv(captured.csv, name)).toEqual({ ok: true, layout: captured.layout });
  const rows = extentsFromLayout(captured.layout).map((row) => ({
    ...row,
    vaPage: row.vaPage - range.startPage,
  }));
  return { ...captured, rows };
}

/** What each page is: its order, leaf and flags; unmapped pages are null. */
function pagesOf(rows: readonly Extent[], pages: number): (string | null)[] {
  return Array.from({ length: pages }, (_, page) => {
    const row = rows.find(({ vaPage, pages: length }) => vaPage <= page && page < vaPage + length);
    return row === undefined ? null : `${row.order} ${row.leaf} ${row.flags.join('|')}`;
  });
}

function repeat(text: string | null, times: number): (string | null)[] {
  return Array.from({ length: times }, () => text);
}

describe.skipIf(!isRoot)('captureLayout of a real process (as root, Linux 6.7 or newer)', () => {
  let child: MemoryChild;
  beforeAll(async () => {
    child = await startMemoryChild(
      ...['base', 'hole', 'guard', 'zero', 'read-only', 'not-readable'],
      ...['private-file', 'shared-file', 'tmpfs-file', 'shared-anonymous'],
    );
  });
  afterAll(() => child.end());

  it('finds 4 KiB pages, each on a frame of its own', async () => {
    const { rows, layout } = await captureRegion(child, 'base');
    const frames = rows.flatMap(({ pfn, pages }) =>
      Array.from({ length: pages }, (_, at) => pfn + at),
    );

    expect(pagesOf(rows, 64)).toEqual(repeat('0 pte anon', 64));
    expect([layout.mappedPages, new Set(frames).size]).toEqual([64, 64]);
  });

  it('finds a hole that was unmapped', async () => {
    const { rows, areas } = await captureRegion(child, 'hole');

    expect(pagesOf(rows, 16)).toEqual([
      ...repeat('0 pte anon', 5),
      ...repeat(null, 3),
      ...repeat('0 pte anon', 8),
    ]);
    expect(areas).toBe(2);
  });

  it('finds zero pages, written ones and untouched ones apart', async () => {
    const { rows } = await captureRegion(child, 'zero');

    expect(pagesOf(rows, 8)).toEqual([
      ...repeat('0 pte anon|zero', 4),
      ...repeat('0 pte anon', 2),
      ...repeat('0 pte anon|absent', 2),
    ]);
    const present = await captureRegion(child, 'zero', { onlyPresent: true });
    expect(present.layout.mappedPages).toBe(6);
  });

  it('finds what may not be written, and nothing where nothing may be read', async () => {
    const { rows } = await captureRegion(child, 'read-only');

    expect(pagesOf(rows, 4)).toEqual(repeat('0 pte anon|readonly', 4));
    await expect(captureRegion(child, 'read-only', { onlyWritable: true })).rejects.toThrow(
      'has no writable page in',
    );
    await expect(captureRegion(child, 'not-readable')).rejects.toThrow('has no readable page in');
  });

  it('finds the pages of a file, and which of a private mapping were written', async () => {
    const own = await captureRegion(child, 'private-file');
    const shared = await captureRegion(child, 'shared-file');
    const flagsOf = (rows: readonly Extent[]): (string | undefined)[] =>
      // How large the folios of a file are is up to its filesystem.
      pagesOf(rows, 8).map((page) => page?.split(' ')[2]);

    const [file, copy] = ['file|readonly', 'anon'];
    expect(flagsOf(own.rows)).toEqual([file, file, file, file, copy, copy, file, file]);
    expect(flagsOf(shared.rows)).toEqual(repeat('file', 8));
  });

  it('finds shared memory, of a tmpfs and without a file', async () => {
    for (const name of ['tmpfs-file', 'shared-anonymous']) {
      const { rows } = await captureRegion(child, name);
      const flags = pagesOf(rows, 8).map((page) => page?.split(' ')[2]);
      expect(flags).toEqual([...repeat('shmem', 6), ...repeat('shmem|absent', 2)]);
    }
  });

  it('tells no frame of the machine unless asked', async () => {
    const absolute = await captureRegion(child, 'base');
    const range = child.regions['base'] ?? { startPage: 0, endPage: 0 };
    using source = await openProcessSource(child.pid);
    const request = { range, onlyPresent: false, onlyWritable: false, isAbsolute: false };
    const relative = extentsFromLayout(captureLayout(source, request).layout);
    const gib = 262_144;
    const shifts = absolute.rows.map(({ pfn }, row) => pfn - (relative[row]?.pfn ?? 0));

    expect(new Set(shifts).size).toBe(1);
    expect((shifts[0] ?? 1) % gib).toBe(0);
    expect(Math.min(...relative.map(({ pfn }) => pfn))).toBeLessThan(gib);
    expect(relative[0]?.vaPage).toBe(range.startPage % gib);
  });

  it('[LAY-12] reads all of a process into a layout that reads back unchanged', async () => {
    using source = await openProcessSource(child.pid);
    const request = { range: null, onlyPresent: false, onlyWritable: false, isAbsolute: false };
    const { layout, csv, areas } = captureLayout(source, request);

    expect(areas).toBeGreaterThan(30);
    expect(layout.mappedPages).toBeGreaterThan(5_000);
    expect(parseLayoutCsv(csv, 'all')).toEqual({ ok: true, layout });
  });

  it('says when the process is gone, at first and in the middle', async () => {
    const other = await startMemoryChild('hole');
    using source = await openProcessSource(other.pid);
    await other.end();
    const request = { range: null, onlyPresent: false, onlyWritable: false, isAbsolute: false };

    expect(() => captureLayout(source, request)).toThrow(
      `process ${other.pid} ended while it was read`,
    );
    await expect(openProcessSource(other.pid)).rejects.toThrow(
      `found process id ${other.pid}, and no process has it; allowed: the id of a running process`,
    );
  });

  it('names every capability that is missing', () => {
    const script = fileURLToPath(new URL('testing/unprivileged-capture.ts', import.meta.url));
    const said = execFileSync(process.execPath, [script, String(child.pid)], { encoding: 'utf8' });

    const admin = 'CAP_SYS_ADMIN (to see frame numbers in /proc/PID/pagemap)';
    const flags = 'CAP_DAC_READ_SEARCH (to open /proc/kpageflags, which belongs to root)';
    const ptrace =
      'CAP_SYS_PTRACE (to look into a process that belongs to another user or is protected)';
    expect(said).toBe(
      `process ${child.pid} may not be read: missing ${admin}, ${flags}, ${ptrace}; run the command as root\n`,
    );
  });
});

describe.skipIf(!isRoot)('captureLayout of guarded and forked memory (as root)', () => {
  it('finds guarded pages unmapped (Linux 6.15 or newer)', async ({ skip }) => {
    const child = await startMemoryChild('guard').catch(() => null);
    if (child === null) return skip('this kernel has no guards in page tables');
    try {
      const { rows } = await captureRegion(child, 'guard');
      expect(pagesOf(rows, 8)).toEqual([
        ...repeat('0 pte anon', 2),
        ...repeat(null, 2),
        ...repeat('0 pte anon', 4),
      ]);
    } finally {
      await child.end();
    }
  });

  it('finds what a child process shares, which a write would copy', async () => {
    const child = await startMemoryChild('forked');
    try {
      const { rows } = await captureRegion(child, 'forked');
      expect(pagesOf(rows, 8)).toEqual([
        ...repeat('0 pte anon', 2),
        ...repeat('0 pte anon|readonly|shared', 6),
      ]);
    } finally {
      await child.end();
    }
  });
});

/** The process as a kernel before Linux 6.7 would show it. */
function withoutScan(source: ProcessSource): ProcessSource {
  return { ...source, scan: { ok: false, reason: 'the test has taken it away' } };
}

describe.skipIf(!hasThp)(
  'captureLayout of huge pages (as root, with transparent huge pages)',
  () => {
    let child: MemoryChild;
    beforeAll(async () => {
      const start = (): Promise<MemoryChild> =>
        startMemoryChild('thp', 'thp-pte', 'huge-zero', ...(hasMthp ? ['mthp'] : []));
      child = hasMthp ? await withKernelSetting(MTHP_64K, 'madvise', start) : await start();
    });
    afterAll(() => child.end());

    it('[LAY-4] finds PMD entries, and huge pages that PTEs map', async () => {
      const huge = await captureRegion(child, 'thp');
      expect(pagesOf(huge.rows, 2 * PAGES_OF_HUGE)).toEqual(
        repeat('9 pmd anon', 2 * PAGES_OF_HUGE),
      );
      expect(huge.rows.length).toBeLessThanOrEqual(2);
      const split = await captureRegion(child, 'thp-pte');
      expect(pagesOf(split.rows, PAGES_OF_HUGE)).toEqual(repeat('9 pte anon', PAGES_OF_HUGE));
      expect(split.rows.length).toBe(1);
    });

    it('finds the huge zero page', async () => {
      const { rows } = await captureRegion(child, 'huge-zero');
      expect(pagesOf(rows, PAGES_OF_HUGE)).toEqual(repeat('9 pmd anon|zero', PAGES_OF_HUGE));
    });

    it('keeps a PMD entry whole that the range cuts', async () => {
      const { startPage = 0 } = child.regions['thp'] ?? {};
      const range = { startPage: startPage + 500, endPage: startPage + 501 };
      const { layout } = await captureRegion(child, 'thp', { range });
      expect([layout.vaPage[0], layout.mappedPages]).toEqual([startPage, PAGES_OF_HUGE]);
    });

    it('finds the same without PAGEMAP_SCAN, from totals that leave no doubt', async () => {
      using source = await openProcessSource(child.pid);
      for (const name of ['thp', 'thp-pte', 'huge-zero']) {
        const { csv } = await captureRegion(child, name);
        const range = child.regions[name] ?? null;
        const request = { range, onlyPresent: false, onlyWritable: false, isAbsolute: true };
        const older = captureLayout(withoutScan(source), request);
        expect({ name, csv: older.csv, doubts: older.doubts }).toEqual({ name, csv, doubts: [] });
      }
    });

    it.skipIf(!hasMthp)('[LAY-3] finds folios of 64 KiB (where sysfs has their size)', async () => {
      const { rows } = await captureRegion(child, 'mthp');
      const heads = rows.flatMap(({ pfn, pages }) =>
        Array.from({ length: pages }, (_, at) => folioHead(pfn + at, 4)),
      );
      expect(pagesOf(rows, 256)).toEqual(repeat('4 pte anon', 256));
      expect(new Set(heads).size).toBe(16);
    });

    it('finds hugetlb pages, and that one is not there yet', async ({ skip }) => {
      if (!maySetKernel(HUGETLB_PAGES)) return skip('this machine gives no hugetlb pages');
      const started = await withKernelSetting(HUGETLB_PAGES, '4', () =>
        startMemoryChild('hugetlb').catch(() => null),
      );
      if (started === null) return skip('this machine has no room for hugetlb pages');
      try {
        const { rows } = await captureRegion(started, 'hugetlb');
        expect(pagesOf(rows, 2 * PAGES_OF_HUGE)).toEqual([
          ...repeat('9 pmd hugetlb', PAGES_OF_HUGE),
          ...repeat('9 pmd hugetlb|absent', PAGES_OF_HUGE),
        ]);
      } finally {
        await started.end();
      }
    });
  },
);
