import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { extentsFromLayout } from '#core';
import { CaptureError, openProcessSource, parseLayoutCsv } from '../../lab/index.ts';
import { startMemoryChild } from '../../lab/capture/testing/start-memory-child.ts';
import type { MemoryChild } from '../../lab/capture/testing/start-memory-child.ts';
import { LabFolder, PROJECT_FOLDER } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

async function canCapture(): Promise<boolean> {
  try {
    using source = await openProcessSource(process.pid);
    return source.pid === process.pid;
  } catch (error) {
    if (error instanceof CaptureError) return false;
    throw error;
  }
}

const isRoot = await canCapture();
const PAGE_BYTES = 4096;

function hex(page: number): string {
  return `${page.toString(16)}000`;
}

describe.skipIf(!isRoot)('capture-layout (as root on Linux)', () => {
  let child: MemoryChild;
  beforeAll(async () => {
    child = await startMemoryChild('base', 'zero');
  });
  afterAll(() => child.end());

  function rangeOf(name: string): string {
    const { startPage = 0, endPage = 0 } = child.regions[name] ?? {};
    return `${hex(startPage)}-0x${hex(endPage).toUpperCase()}`;
  }

  it('prints the layout of a range and nothing else; explain takes it as it is', async () => {
    const { status, stdout, stderr } = await folder.run(
      ...['capture-layout', String(child.pid), '--range', rangeOf('base')],
    );
    expect(status).toBe(0);
    const parsed = parseLayoutCsv(stdout, 'stdout');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(parsed.layout.mappedPages).toBe(64);
    const offset = (parsed.layout.vaPage[0] ?? 0) * PAGE_BYTES;
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(
        /^process \d+: 1 area, 64 pages in memory \(256 KiB\), \d+ rows?; read \d+ times, the last two agree$/,
      ),
      'pages of order 0: 64',
      `the first row is at offset ${offset} (explain --offset)`,
      '',
    ]);

    writeFileSync(folder.file('captured.csv'), stdout);
    const explained = await folder.run(
      ...['explain', '--layout', 'captured.csv', '--op', 'write', '--offset', String(offset)],
      ...['--length', '128k', '--strategy', 'today', '--json'],
    );
    expect(explained).toMatchObject({ status: 0, stderr: '' });
    expect(z.looseObject({}).parse(JSON.parse(explained.stdout))).toMatchObject({
      outcome: { kind: 'pinned', pages: 32 },
    });
  });

  it('keeps frames of the machine with --absolute, and leaves out what is absent with --present', async () => {
    const words = ['capture-layout', String(child.pid), '--range', rangeOf('zero'), '--absolute'];
    const all = await folder.run(...words);
    const present = await folder.run(...words, '--present', '--writable');
    const rowsOf = (text: string): readonly (readonly [number, string])[] => {
      const parsed = parseLayoutCsv(text, 'stdout');
      if (!parsed.ok) throw new Error(parsed.problem.message);
      return extentsFromLayout(parsed.layout).map(({ vaPage, flags }) => [vaPage, flags.join('|')]);
    };

    const start = child.regions['zero']?.startPage ?? 0;
    expect(rowsOf(all.stdout).at(0)).toEqual([start, 'anon|zero']);
    expect(rowsOf(all.stdout).at(-1)).toEqual([start + 6, 'anon|absent']);
    expect(rowsOf(present.stdout).at(-1)?.[1]).toBe('anon');
    expect(all.stderr).toContain(
      '2 pages are mapped but not in memory: absent, with frames made up (--present leaves them out)\n',
    );
  });

  it('captures all of a process that runs JavaScript, as its help says', async () => {
    const { stdout: help } = await folder.run('capture-layout', '--help');
    const [, example = ''] = /\nExample: folio-lab (.*)\n$/.exec(help) ?? [];
    const { status, stdout } = await folder.run(
      ...example.replace('1234', String(child.pid)).split(' '),
    );
    expect(status).toBe(0);
    const parsed = parseLayoutCsv(stdout, 'stdout');
    expect(parsed.ok && parsed.layout.mappedPages).toBeGreaterThan(1_000);
  });

  it('says what is wrong in a sentence, with nothing on standard output', async () => {
    const gone = await startMemoryChild();
    await gone.end();
    const { startPage = 0 } = child.regions['base'] ?? {};
    const nothing = `${hex(startPage - 64)}-${hex(startPage - 32)}`;
    for (const [words, sentence] of [
      [
        [String(gone.pid)],
        `found process id ${gone.pid}, and no process has it; allowed: the id of a running process`,
      ],
      [
        [String(child.pid), '--range', nothing],
        `process ${child.pid} has no readable page in ${nothing}; /proc/${child.pid}/maps lists what it has`,
      ],
      [['2'], 'process 2 has no memory of its own: it is a thread of the kernel, or has ended'],
    ] as const) {
      const ending = await folder.run('capture-layout', ...words);
      expect(ending).toMatchObject({ status: 2, stdout: '', stderr: `folio-lab: ${sentence}\n` });
    }
  });
});

describe('capture-layout', () => {
  it('refuses what is no process id and no range', async () => {
    for (const [words, sentence] of [
      [['bash'], 'PID: found "bash"; allowed: the id of a running process, 1 to 4194304'],
      [['0'], 'PID: found "0"; allowed: the id of a running process, 1 to 4194304'],
      ...['5000-4000', '4000', `0-1${'0'.repeat(15)}`].map(
        (range) =>
          [
            ['1', '--range', range],
            `--range: found "${range}"; allowed: START-END in hexadecimal as in /proc/PID/maps, END behind START, such as 7f5c00000000-7f5c00200000`,
          ] as const,
      ),
    ] as const) {
      const ending = await folder.run('capture-layout', ...words);
      expect(ending).toMatchObject({ status: 2, stdout: '', stderr: `folio-lab: ${sentence}\n` });
    }
  });

  it('made files that explain takes', async () => {
    const file = join(PROJECT_FOLDER, 'src-main/lab/capture/fixtures/every-kind.csv');
    const first = Number(readFileSync(file, 'utf8').split('\n')[1]?.split(',')[0]);
    const { status, stdout } = await folder.run(
      ...['explain', '--layout', file, '--op', 'write', '--strategy', 'today', '--json'],
      ...['--offset', String(first * PAGE_BYTES), '--length', '128k'],
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: { kind: 'pinned', pages: 32 } });
  });
});
