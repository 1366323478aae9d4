import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DB2_2008_FIT, db2Figures, simulateContention, unmapBesidePinner } from '#core';
import type { ContentionMachine } from '#core';
import type { ContendDocument } from '#contract';
import { CONTENTION_REPORTS } from './contend-scenarios.ts';
import { LabFolder } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

const SHORT = ['--set', 'measuredNs=20ms'] as const;

async function documentOf(...words: readonly string[]): Promise<ContendDocument> {
  const { status, stdout, stderr } = await folder.run('contend', ...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return z.custom<ContendDocument>().parse(JSON.parse(stdout));
}

function figuresOf({ figures }: Pick<ContendDocument, 'figures'>): Record<string, number | null> {
  return Object.fromEntries(figures.map(({ name, value }) => [name, value]));
}

function p50Of({ groups }: ContendDocument, asked: string, name: string): number {
  const found = groups.find((each) => each.setup === asked && each.name === name);
  return found?.latencyNs?.p50 ?? NaN;
}

describe('contend', () => {
  it('[CONT-10] tells the figures of the mail of 2008 as the core does, and what was fitted', async () => {
    const document = await documentOf('db2-2008', ...SHORT);
    expect(figuresOf(document)).toEqual(db2Figures(DB2_2008_FIT, 1, 20_000_000));
    expect(document).toMatchObject({
      schema: 'folio-lab/contend@1',
      what: 'db2-2008',
      parameters: { threads: 8, workNs: 8670, local: 5, otherSocket: 200, seed: 1 },
      changed: ['measuredNs'],
      fitted: ['workNs', 'faultsPerPin', 'mapsPerPin'],
    });
    expect(document.figures.map(({ published }) => published)).toEqual([9.8, 2.8, 0.05, null, 0]);
    expect(document.counters.map(({ setup, counter }) => [setup, counter])).toEqual([
      ['fast-gup-2008', 'fast_gup'],
      ['fast-gup-2008', 'fast_gup_slow'],
    ]);
  });

  it('takes threads, prices and seed; what was set is not fitted', async () => {
    const usual = await documentOf('db2-2008', ...SHORT);
    const cheap = await documentOf(
      ...['db2-2008', ...SHORT, '--set', 'threads=4', '--set', 'workNs=9us'],
      ...['--set', 'otherCore=10', '--set', 'absentPerPin=0.5'],
    );
    expect(cheap.groups.map(({ threads }) => threads)).toEqual([4, 4]);
    expect(cheap.parameters).toMatchObject({ threads: 4, workNs: 9000, otherCore: 10 });
    expect(cheap.fitted).toEqual(['faultsPerPin', 'mapsPerPin']);
    expect(figuresOf(cheap)['slowCalls']).toBeGreaterThan(0);
    const samples = 'lockSamplesBeforePercent';
    expect(figuresOf(cheap)[samples]).toBeLessThan(figuresOf(usual)[samples] ?? NaN);
    const other = await documentOf('db2-2008', ...SHORT, '--set', 'seed=2');
    expect(other.groups).not.toEqual(usual.groups);
  });

  it('[CONT-11] has munmap wait for the walk beside it', async () => {
    const document = await documentOf('munmap');
    const machine: ContentionMachine = {
      coresPerSocket: 2,
      lockOperation: { local: 4.9, otherCore: 25, otherSocket: 25 },
      wakeNs: 3000,
      interrupt: { deliverNs: 0, handleNs: 11_400 },
    };
    const pinner = { pages: 256, callNs: 100, pageNs: 57.7, restNs: 650, betweenNs: 5100 };
    const watch = { measuredNs: 20_000_000, seed: 1 };
    const unmapper = { beforeNs: 4690, afterNs: 2000 };
    const { groups } = simulateContention(unmapBesidePinner(machine, unmapper, pinner, watch));
    expect(['unmap', 'pin'].map((name) => p50Of(document, 'munmap beside pin', name))).toEqual(
      groups.map(({ latency }) => latency.percentileNs(0.5)),
    );
    const slower =
      p50Of(document, 'munmap beside pin', 'unmap') / p50Of(document, 'munmap alone', 'unmap');
    expect(figuresOf(document)['unmapSlowdown']).toBe(slower);
    expect(slower).toBeGreaterThan(4);
  });

  it('[CONT-7] has pinners of one folio disturb each other, and those of their own pages not', async () => {
    const [two, one] = await Promise.all([
      documentOf('pinners'),
      documentOf('pinners', '--set', 'threads=1'),
    ]);
    expect(p50Of(two, 'own pages', 'pin')).toBe(p50Of(one, 'own pages', 'pin'));
    expect(figuresOf(two)['pinSlowdown']).toBeCloseTo(2, 1);
    // Alone on the folio nothing is shared: its lines stay where they are.
    expect(figuresOf(one)['pinSlowdown']).toBeCloseTo(1, 3);
  });

  it('prints groups, figures and samples in lines of 100 columns', async () => {
    for (const what of ['db2-2008', 'munmap', 'pinners']) {
      const { status, stdout, stderr } = await folder.run('contend', what, ...SHORT);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }
    const { stdout } = await folder.run('contend', 'db2-2008', ...SHORT);
    expect(stdout).toMatch(/^gup-locked +DB2 +8 +[\d ]+ \d+ +\d+ +\d+ +[\d.]+ % +[\d.]+ % +0 %$/m);
    expect(stdout).toMatch(/^fast_gup_slow: those that fell back +0 +0 +calls$/m);
    expect(stdout).toMatch(/^__up_read +[\d.]+ % +<?[\d.]+ %$/m);
    expect(stdout).toMatch(/^Fitted to .*: workNs, faultsPerPin, mapsPerPin\. /m);
    expect(stdout).toContain('measuredNs');
  });

  it('says nothing of operations that do not end while they are watched', () => {
    const asked = { pagesPerPin: '4096', pageNs: '1ms', measuredNs: '1ms' };
    const { figures, simulated } = CONTENTION_REPORTS.pinners(asked);
    expect(simulated.map(({ result }) => result.groups[0]?.operations)).toEqual([0, 0]);
    expect(figures.map(({ value }) => value)).toEqual([null, null]);
  });

  it('refuses every mistake at once, and times that leave a thread nothing to do', () => {
    expect(() => CONTENTION_REPORTS.pinners({ threads: '0', local: '-1' })).toThrow(
      /^--set threads: found "0"; .*\n--set local: found "-1"; /,
    );
    const nothing = { beforeNs: '0', afterNs: '0' };
    expect(() => CONTENTION_REPORTS.munmap(nothing)).toThrow(
      '--set: unmap: no step takes time in every round',
    );
  });

  it('makes no library', async () => {
    await folder.run('contend', 'pinners');
    expect(existsSync(folder.library)).toBe(false);
  });
});
