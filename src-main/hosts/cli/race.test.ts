import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { exploreRace } from '#core';
import { raceDocument } from '#contract';
import { LabFolder } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

describe('race', () => {
  it('holds the page by a plain reference under the rules of v7.1, unless told otherwise', async () => {
    const { status, stdout, stderr } = await folder.run('race', 'gup-dma', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const report = exploreRace({
      model: 'gup-dma',
      reference: 'get',
      rules: 'v7.1',
      fixes: [],
    });
    expect(JSON.parse(stdout)).toEqual(raceDocument(report));
  });

  it('takes reference, rules and fixes; fixes in any order, and twice is once', async () => {
    const { status, stdout, stderr } = await folder.run(
      ...['race', 'gup-dma', '--reference', 'pin', '--rules', 'none', '--json'],
      ...['--fix', 'revocable-lease', '--fix', 'hold-off-unmap', '--fix', 'revocable-lease'],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const report = exploreRace({
      model: 'gup-dma',
      reference: 'pin',
      rules: 'none',
      fixes: ['hold-off-unmap', 'revocable-lease'],
    });
    expect(JSON.parse(stdout)).toEqual(raceDocument(report));
  });

  it('prints each schedule with a column for each actor that takes part', async () => {
    const { status, stdout, stderr } = await folder.run('race', 'fork-cow');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    const head = lines.findIndex((line) => line.includes('then the page is'));
    expect(lines[head]?.trim().split(/ {2,}/)).toEqual([
      ...['reader', 'parent', 'driver', 'then the page is'],
    ]);
    const column = (actor: string): number => lines[head]?.indexOf(actor) ?? -1;
    const store = lines.find((line) => / 8 .* store /.test(line)) ?? '';
    expect(store.indexOf('store')).toBe(column('parent'));
    expect(store.slice(column('then the page is'))).toBe(
      'writable, get of the old page, child has its own',
    );
  });

  it('prints what is impossible and how many states were visited, in lines of 100 columns', async () => {
    for (const words of [['gup-dma'], ['gup-dma', '--reference', 'pin'], ['fork-cow']]) {
      const { stdout } = await folder.run('race', ...words);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }
    const { stdout } = await folder.run('race', 'gup-dma', '--reference', 'pin');
    expect(stdout).toContain('90 states visited');
    expect(stdout).toContain('✗ lost-data: ordinary writeback');
    expect(stdout).toContain('✓ no schedule comes to crash: ');
    expect(stdout).toContain('✓ no schedule comes to lost-data: reclaim');
  });

  it.each([
    [['fork-cow', '--reference', 'pin', '--fix', 'bounce-writeback'], 'concern pages of files'],
    [['gup-dma', '--fix', 'bounce-writeback'], 'need pins (--reference pin)'],
  ])('says beside the result of %j that the fix changes nothing', async (words, remark) => {
    const { status, stdout, stderr } = await folder.run('race', ...words, '--json');
    expect(status).toBe(0);
    expect(stderr).toContain(remark);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'folio-lab/race@1' });
  });

  it('makes no library', async () => {
    await folder.run('race', 'gup-dma');
    expect(existsSync(folder.library)).toBe(false);
  });
});
