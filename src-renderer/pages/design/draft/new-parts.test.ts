import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseExperimentFile } from '#contract';
import { AXIS_KEYS, firstValuesOfAxis } from '../sections/sweep-axes.ts';
import { applyEdits } from './draft-edit.ts';
import type { DraftEdit } from './draft-edit.ts';
import { valueAt } from './draft-path.ts';
import {
  formOfLayout,
  freeName,
  LAYOUT_FORMS,
  layoutDescription,
  NEW_EXPERIMENT,
  newExpectation,
  newLayout,
} from './new-parts.ts';

const FILES = ['layouts/anon4k.csv'];

function problemsAfter(...edits: readonly DraftEdit[]): unknown {
  const result = parseExperimentFile(applyEdits(NEW_EXPERIMENT, edits) ?? '', 'draft');
  return result.ok ? [] : result.problems;
}

function describedAs(layout: unknown, form: (typeof LAYOUT_FORMS)[number]): unknown {
  return { name: 'x', [form]: layoutDescription(layout, form, FILES) };
}

describe('what a button puts into a draft can be run', () => {
  it('a new experiment', () => {
    expect(problemsAfter()).toEqual([]);
  });

  it('a layout', () => {
    const value = newLayout(parse(NEW_EXPERIMENT));

    expect(problemsAfter({ kind: 'insert', list: ['layouts'], index: 2, value })).toEqual([]);
  });

  it.each(LAYOUT_FORMS.flatMap((from) => LAYOUT_FORMS.map((to) => [from, to] as const)))(
    'a layout described as %s, then as %s',
    (from, to) => {
      const before = describedAs(
        { name: 'x', uniform: { size: '8MiB', order: 9, leaf: 'pmd' } },
        from,
      );

      const value = describedAs(before, to);

      expect(formOfLayout(value)).toBe(to);
      expect(problemsAfter({ kind: 'set', path: ['layouts', 0], value })).toEqual([]);
    },
  );

  it.each(AXIS_KEYS)('an axis %s', (key) => {
    const device = {
      kind: 'set',
      path: ['workload', 'device'],
      value: { service: { distribution: 'constant', mean: '10us' } },
    } as const;
    const value = firstValuesOfAxis(key, parse(NEW_EXPERIMENT), ['textbook']);
    // More than one I/O in flight takes a device and the asynchronous path.
    const needed = key === 'workload.queueDepth' ? [device] : [];

    expect(problemsAfter(...needed, { kind: 'set', path: ['sweep', key], value })).toEqual([]);
  });

  it('a claim', () => {
    const value = newExpectation('batch of 31');

    expect(problemsAfter({ kind: 'insert', list: ['expect'], index: 0, value })).toEqual([]);
  });
});

it('keeps what two descriptions of a layout have in common', () => {
  const uniform = { uniform: { size: '8MiB', order: 3, frames: 'contiguous', flags: 'file' } };

  expect(layoutDescription(uniform, 'mixed', FILES)).toMatchObject({
    size: '8MiB',
    weights: [{ order: 3 }, { order: 0 }],
    frames: 'contiguous',
    flags: 'file',
  });
});

it('tells a layout that is described twice or not at all', () => {
  expect(formOfLayout({ uniform: {}, file: 'x' })).toBeNull();
  expect(formOfLayout({ name: 'x' })).toBeNull();
  expect(formOfLayout('x')).toBeNull();
});

it('finds a name that nobody has', () => {
  expect(freeName('a', ['b'])).toBe('a');
  expect(freeName('a', ['a', 'a-2'])).toBe('a-3');
  expect(freeName('a-2', ['a', 'a-2'])).toBe('a-3');
});

it('puts a new layout in the style of those that are there', () => {
  const value = newLayout(parse(NEW_EXPERIMENT));
  const text = applyEdits(NEW_EXPERIMENT, [{ kind: 'insert', list: ['layouts'], index: 2, value }]);

  expect(text).toContain(
    '  - name: mthp-64k\n    uniform: { size: 64MiB, order: 4, frames: scattered }\n\nworkload:',
  );
  expect(valueAt(parse(text ?? ''), ['layouts', 2])).toEqual(value);
});
