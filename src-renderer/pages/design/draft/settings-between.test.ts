import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { applyEdits } from './draft-edit.ts';
import type { DraftEdit } from './draft-edit.ts';
import { settingsBetween } from './settings-between.ts';

const SAVED = readFileSync(
  new URL('../../../../experiments/allocation-policies.yaml', import.meta.url),
  'utf8',
);

function settingsAfter(...edits: readonly DraftEdit[]): readonly string[] | null {
  return settingsBetween(SAVED, applyEdits(SAVED, edits) ?? '');
}

it('has nothing to say about the file as it is, nor about its comments', () => {
  expect(settingsBetween(SAVED, SAVED)).toEqual([]);
  expect(settingsBetween(SAVED, `${SAVED}# a remark\n`)).toEqual([]);
});

it('says what was changed, where that is a plain value or a list of them', () => {
  expect(
    settingsAfter(
      { kind: 'set', path: ['workload', 'count'], value: 500 },
      { kind: 'set', path: ['layouts', 0, 'uniform', 'order'], value: 3 },
      { kind: 'set', path: ['sweep', 'workload.blockSize'], value: ['4KiB', '2MiB'] },
      { kind: 'set', path: ['title'], value: 'One: two' },
    ),
  ).toEqual([
    'title="One: two"',
    'layouts[0].uniform.order=3',
    'workload.count=500',
    'sweep.workload.blockSize=[4KiB, 2MiB]',
  ]);
});

it('asks to save what --set cannot say', () => {
  expect(settingsAfter({ kind: 'remove', path: ['layouts', 0] })).toBeNull();
  expect(settingsAfter({ kind: 'remove', path: ['workload', 'access'] })).toBeNull();
  expect(
    settingsAfter({ kind: 'set', path: ['strategies', 0, 'policies'], value: { era: 'v6.12' } }),
  ).toBeNull();
});

it('asks to save where --set would end a sweep', () => {
  expect(settingsAfter({ kind: 'set', path: ['workload', 'blockSize'], value: '8KiB' })).toBeNull();
});

it('asks to save what cannot be run', () => {
  expect(settingsAfter({ kind: 'set', path: ['workload', 'count'], value: -1 })).toBeNull();
});
