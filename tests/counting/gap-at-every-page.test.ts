import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  APIS,
  PRESETS,
  compositionProblem,
  explainIo,
  pinsForLong,
  requestProblem,
  resolveStrategy,
} from '#core';
import type { Policies } from '#core';
import { unitCosts } from '../../src-core/testing/cost-models.ts';
import { modelledStrategies } from '../reference/index.ts';
import type { ReferenceRow } from '../reference/index.ts';
import {
  comparable,
  countedByReference,
  explainRequest,
  layoutFromRows,
} from './compare-with-reference.ts';
import { compositions } from './composition-arbitrary.ts';

/** A copied page inside a folio, the tail of another folio, four small neighbours: 23 pages. */
const rows: readonly ReferenceRow[] = [
  { vaPage: 500, pfn: 4096, pages: 6, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 506, pfn: 9001, pages: 1, order: 0, leaf: 'pte', flags: [] },
  { vaPage: 507, pfn: 4103, pages: 9, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 516, pfn: 8193, pages: 3, order: 2, leaf: 'pte', flags: [] },
  { vaPage: 519, pfn: 20_000, pages: 4, order: 0, leaf: 'pte', flags: [] },
];
const FIRST_PAGE = 500;
const PAGES = 23;

/** The same memory without one of its pages. */
function withoutPage(missing: number): readonly ReferenceRow[] {
  return rows.flatMap((row) => {
    const before = Math.min(row.pages, Math.max(0, missing - row.vaPage));
    const after = Math.min(row.pages, Math.max(0, row.vaPage + row.pages - missing - 1));
    const start = row.pages - after;
    return [
      { ...row, pages: before },
      { ...row, vaPage: row.vaPage + start, pfn: row.pfn + start, pages: after },
    ].filter(({ pages }) => pages > 0);
  });
}

const gaps = Array.from({ length: PAGES }, (_, index) => index);
/** From byte 512 of the first page to the end of the last. */
const RANGE = { offset: FIRST_PAGE * 4096 + 512, length: PAGES * 4096 - 512 };
const modelled = PRESETS.filter(({ id }) => modelledStrategies.includes(id));

describe('a gap at each page of an I/O', () => {
  it.each(gaps)('[GAP-2] at page %i costs every preset what the reference counts', (index) => {
    const memory = withoutPage(FIRST_PAGE + index);
    for (const preset of modelled) {
      for (const path of ['async', 'sync'] as const) {
        const request = {
          op: 'read',
          path,
          ...RANGE,
          strategy: preset.id,
          parameters: {},
        } as const;

        const found = comparable(memory, explainRequest(memory, request));

        expect(found).toEqual(countedByReference(memory, request));
        expect(found.outcome).toEqual(
          index === 0 ? { kind: 'efault', pages: 0 } : { kind: 'short', pages: index },
        );
      }
    }
  });

  it('[GAP-2] [GAP-3] [RUN-4] leaves no reference behind, whatever the composition and API', () => {
    const layouts = gaps.map((index) => layoutFromRows(withoutPage(FIRST_PAGE + index)));
    const check = (policies: Policies): void => {
      for (const api of APIS) {
        if (compositionProblem(policies, api) !== null) continue;
        for (const [index, layout] of layouts.entries()) {
          const request = { api, op: 'write', path: 'async', ...RANGE } as const;
          if (requestProblem(layout, request, policies) !== null) continue;
          const explanation = explainIo({
            layout,
            request,
            strategy: { id: 'c', name: 'c', parameters: {}, overrides: {}, policies },
            costModel: unitCosts,
            tracer: 'off',
          });
          const pages = api === 'register' || pinsForLong(policies) ? 0 : index;
          expect(explanation.outcome).toEqual({ kind: pages === 0 ? 'efault' : 'short', pages });
          for (const { added, removed } of explanation.references.values()) {
            expect(removed).toBe(added);
          }
        }
      }
    };
    fc.assert(
      fc.property(
        compositions.filter(({ prototypeHoles }) => !prototypeHoles),
        check,
      ),
      { numRuns: 1000 },
    );
    for (const { id } of PRESETS) {
      const resolved = resolveStrategy({ id }, 'direct-io');
      if (resolved.ok) check(resolved.strategy.policies);
    }
  });
});
