import { describe, expect, it } from 'vitest';
import type { PageFlag } from '../layout/layout.ts';
import { layoutFromExtents, layoutFromText, extentWith } from '../testing/drawn-layout.ts';
import { explainOn, requestOn, strategyFrom } from '../testing/explained.ts';
import type { Differences } from '../testing/explained.ts';
import type { Layout } from '../layout/layout.ts';
import type { Policies } from '../strategy/policies.ts';
import { layoutProblemFor, requestProblem } from './request-problem.ts';

const today = strategyFrom('today').policies;
const plain: Policies = { ...today, kind: 'get' };

/** Pages 0 to 3, of which page 2 has flags of its own. */
function flagged(flags: readonly PageFlag[]): Layout {
  return layoutFromExtents([
    extentWith({ vaPage: 0, pfn: 100, pages: 2 }),
    extentWith({ vaPage: 2, pfn: 200, pages: 1, flags }),
    extentWith({ vaPage: 3, pfn: 300, pages: 1 }),
  ]);
}

function problemOn(
  layout: Layout,
  differences: Differences = {},
  policies: Policies = today,
): string | null {
  return requestProblem(layout, requestOn(layout, differences), policies);
}

describe('requestProblem', () => {
  it.each<[PageFlag, Differences, string]>([
    ['special', {}, 'has a special entry, which cannot be pinned'],
    ['file', { api: 'register' }, 'is file memory, which a long-term pin for writing refuses'],
  ])('[STATE-1] keeps a workload off pages that are %s on %j', (flag, differences, reason) => {
    const layout = flagged([flag]);
    const request = requestOn(layout, differences);

    expect(layoutProblemFor(layout, request, today)).toBe(
      `virtual page 2 ${reason}: every I/O over it fails`,
    );
    expect(problemOn(layout, differences)).toBeNull();
  });

  it.each<[PageFlag, Differences, Policies]>([
    ['absent', { op: 'write' }, today],
    ['readonly', { op: 'write', api: 'gup-test' }, today],
    ['shared', { op: 'read' }, plain],
    ['zero', { op: 'read' }, today],
    ['cma', { api: 'register' }, today],
    ['file', { op: 'read' }, today],
    ['hugetlb', { api: 'register' }, today],
    ['shmem', { api: 'register' }, today],
  ])('[STATE-1] takes a page that is %s on %j', (flag, differences, policies) => {
    const layout = flagged([flag]);

    expect(problemOn(layout, differences, policies)).toBeNull();
    expect(layoutProblemFor(layout, requestOn(layout, differences), policies)).toBeNull();
  });

  it('[STATE-2] looks at no page outside the request', () => {
    const layout = flagged(['devmap']);

    expect(problemOn(layout, { pages: 2 })).toBeNull();
    expect(problemOn(layout, { firstPage: 3 })).toBeNull();
    expect(problemOn(layout, { pages: 3 })).not.toBeNull();
    // One byte of the page is enough.
    expect(problemOn(layout, { offset: 0, length: 2 * 4096 + 1 })).not.toBeNull();
  });

  it('[GAP-2] looks at no page behind a gap, where the I/O ends', () => {
    const layout = layoutFromExtents([
      extentWith({ vaPage: 0, pfn: 100 }),
      extentWith({ vaPage: 2, pfn: 200, flags: ['devmap'] }),
    ]);

    expect(problemOn(layout)).toBeNull();
    expect(problemOn(layout, { firstPage: 1 })).toBeNull();
  });

  it('[STATE-2] refuses device memory beside other memory', () => {
    expect(problemOn(flagged(['devmap']))).toBe(
      'virtual page 2 is device memory, unlike the page before it; one I/O over both cannot be counted',
    );
    expect(problemOn(flagged(['devmap']), { firstPage: 2 })).toBe(
      'virtual page 3 is not device memory, unlike the page before it; one I/O over both cannot be counted',
    );
    expect(problemOn(flagged(['devmap']), { firstPage: 2, pages: 1 })).toBeNull();
  });

  describe('on a device-memory entry of separate pages', () => {
    const separate = layoutFromText('[A0-511]', { A: 0 }, ['devmap']);
    const compound = layoutFromText('[A0-511]', { A: 9 }, ['devmap', 'compound']);
    const byPtes = layoutFromText('A0-511', { A: 0 }, ['devmap']);
    const runs = strategyFrom('folio-vec').policies;

    it.each<[string, Policies]>([
      ['ranges', runs],
      ['whole entries since v6.12', today],
    ])('[STATE-2] refuses strategies that take %s', (_name, policies) => {
      expect(problemOn(separate, {}, policies)).toBe(
        'virtual page 0 starts a device-memory entry of separate 4 KiB pages; only grab per-leaf up to era v6.11, per-folio and per-page can be counted on it',
      );
      expect(problemOn(compound, {}, policies)).toBeNull();
      expect(problemOn(byPtes, {}, policies)).toBeNull();
    });

    it.each<[string, Policies]>([
      ['entries up to v6.11', strategyFrom('per-page').policies],
      ['every page', { ...today, grab: 'per-page' }],
    ])('[STATE-2] takes strategies that grab %s', (_name, policies) => {
      expect(problemOn(separate, {}, policies)).toBeNull();
    });
  });

  it('[STATE-2] is what an explanation throws', () => {
    expect(() => explainOn(flagged(['devmap']), 'today')).toThrow(
      /^virtual page 2 is device memory/,
    );
  });
});

describe('layoutProblemFor', () => {
  it('[STATE-1] finds the first problem anywhere, behind gaps too', () => {
    const layout = layoutFromExtents([
      extentWith({ vaPage: 5, pfn: 100 }),
      extentWith({ vaPage: 9, pfn: 200, flags: ['special'] }),
      extentWith({ vaPage: 20, pfn: 300, flags: ['absent'] }),
    ]);

    expect(layoutProblemFor(layout, { api: 'direct-io', op: 'read' }, today)).toMatch(
      /^virtual page 9 has a special entry/,
    );
  });

  it('[STATE-2] lets device memory follow other memory behind a gap', () => {
    const layout = layoutFromExtents([
      extentWith({ vaPage: 0, pfn: 100 }),
      extentWith({ vaPage: 2, pfn: 200, flags: ['devmap'] }),
    ]);

    expect(layoutProblemFor(layout, { api: 'direct-io', op: 'read' }, today)).toBeNull();
  });
});
