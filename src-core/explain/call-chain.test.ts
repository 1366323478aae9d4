import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXTRACT_PHASES } from '../cost/price.ts';
import { requestProblem } from '../counting/request-problem.ts';
import { PRESETS } from '../strategy/presets.ts';
import { distinctCosts, unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn, requestOn, strategyFrom } from '../testing/explained.ts';
import type { Differences } from '../testing/explained.ts';
import { callChain, chainStrategies } from './call-chain.ts';
import type { ChainSide } from './call-chain.ts';

/** A function in one word: name, calls, own time and total. */
function sideText(side: ChainSide | null): string {
  if (side === null) return 'gone';
  const { name, calls, ownNs, totalNs } = side;
  return `${name} ×${calls} ${ownNs}/${totalNs}`;
}

/** Rows in which anything happens, before and after. */
function linesOf(drawing: string, differences: Differences = {}): string[] {
  const layout = layoutFromText(drawing, { A: 5, P: 9 });
  const before = explainOn(layout, 'per-page', differences);
  const after = explainOn(layout, 'folio-threshold', differences);
  return callChain(before, after, unitCosts)
    .filter((row) => row.before.calls + (row.after?.calls ?? 0) > 0)
    .map((row) => `${'  '.repeat(row.depth)}${sideText(row.before)} → ${sideText(row.after)}`);
}

describe('callChain', () => {
  it('[TRC-5] has every function of the write of the talk, with its calls and its cost', () => {
    // 32 pages of one folio at one nanosecond an event. Before, each of them is read, re-read, marked and
    // stored (128), and grabbed by a call (32) with two locked operations and two look-ups (128) and its
    // statistic (32); one vector and 31 tests that succeed. After, each is read and looked up, 31 are
    // compared, and there is one re-read, mark, store and grab.
    expect(linesOf('A0-31')).toEqual([
      'bio_iov_iter_get_pages ×1 0/394 → bio_iov_iter_get_pages ×1 0/116',
      '  __bio_iov_iter_get_pages ×1 0/394 → __bio_iov_iter_get_pages ×1 0/116',
      '    iov_iter_extract_pages ×1 0/331 → iov_iter_extract_folios ×1 0/115',
      '      iov_iter_extract_user_pages ×1 0/331 → iov_iter_extract_user_folios ×1 0/115',
      '        want_pages_array ×1 0/0 → want_folios_array ×1 0/0',
      '        pin_user_pages_fast ×1 0/331 → pin_user_folios_fast ×1 0/115',
      '          is_valid_gup_args ×1 1/1 → is_valid_gup_folio_args ×1 1/1',
      '          gup_fast_fallback ×1 0/330 → gup_folio_fast_fallback ×1 0/114',
      '            gup_fast ×1 4/330 → gup_folio_fast ×1 4/114',
      '              gup_fast_pgd_range ×1 1/326 → gup_folio_fast_pgd_range ×1 1/110',
      '                gup_fast_p4d_range ×1 1/325 → gup_folio_fast_p4d_range ×1 1/109',
      '                  gup_fast_pud_range ×1 1/324 → gup_folio_fast_pud_range ×1 1/108',
      '                    gup_fast_pmd_range ×1 1/323 → gup_folio_fast_pmd_range ×1 1/107',
      '                      gup_fast_pte_range ×1 128/322 → gup_folio_fast_pte_range ×1 98/106',
      '                        __pte_offset_map ×1 2/2 → __pte_offset_map ×1 2/2',
      '                        try_grab_folio ×32 32/192 → try_grab_folio ×1 1/6',
      '                          try_get_folio ×32 128/128 → try_get_folio ×1 4/4',
      '                          mod_node_page_state ×32 32/32 → mod_node_page_state ×1 1/1',
      '                        gup_fast_folio_allowed ×32 0/0 → gup_fast_folio_allowed ×1 0/0',
      '    bio_iov_add_page ×32 0/63 → bio_add_folio_nofail ×1 0/1',
      '      bvec_try_merge_page ×31 62/62 → gone',
      '      __bio_add_page ×1 1/1 → __bio_add_page ×1 1/1',
    ]);
  });

  it('[TRC-5] tells entries of 2 MiB from those of 4 KiB', () => {
    const lines = linesOf('[P0-511] A0-3', { pages: 514 });
    const calls = (name: string): string | undefined => lines.find((line) => line.includes(name));

    // Before: calls of 256, 255 and 3 pages; the entry is in all of them, the table in the last.
    expect(calls('pmd_leaf')).toContain('gup_fast_pmd_leaf ×3');
    expect(calls('record_sub')).toContain('record_subpages ×3 512/512');
    expect(calls('pte_range')).toContain('gup_fast_pte_range ×1');
  });

  it('[TRC-5] has the slow path, its faults and its grabs', () => {
    const layout = layoutFromText('A0-3', { A: 5 }, ['anon', 'absent']);
    const before = explainOn(layout, 'per-page');
    const rows = callChain(before, explainOn(layout, 'folio-threshold'), unitCosts);
    const row = (key: string): string[] =>
      rows
        .filter((each) => each.key === key)
        .flatMap((each) => [sideText(each.before), sideText(each.after)]);

    expect(row('slow')).toEqual([
      expect.stringContaining('__gup_longterm_locked ×1'),
      expect.stringContaining('__gup_folio_longterm_locked ×1'),
    ]);
    // One fault allocates the large folio (2), clears its 32 pages, maps and marks it.
    expect(row('fault')).toEqual(['handle_mm_fault ×1 36/36', 'handle_mm_fault ×1 36/36']);
    expect(row('slow-grab')[0]).toContain('try_grab_page ×4');
    expect(row('grab')[0]).toContain('try_grab_folio ×0');
  });

  it('[TRC-5] adds up to what the phases cost without a tracer, whatever the strategy', () => {
    const layouts = [
      layoutFromText('A0-31', { A: 5 }),
      layoutFromText('[P0-511] A0-31 B0-9', { P: 9, A: 5 }),
      layoutFromText('A0-31 B0-9', { A: 5 }, ['anon', 'shared']),
      layoutFromText('A0-31 . B0-9', { A: 5 }),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...layouts),
        fc.constantFrom(...PRESETS),
        fc.constantFrom('direct-io' as const, 'gup-test' as const, 'register' as const),
        fc.constantFrom('read' as const, 'write' as const),
        (layout, { id }, api, op) => {
          const strategy = strategyFrom(id, api);
          const request = requestOn(layout, { api, op });
          fc.pre(requestProblem(layout, request, strategy.policies) === null);
          const differences = { api, op, costModel: distinctCosts };
          const explanation = explainOn(layout, id, differences);
          const [root] = callChain(explanation, explanation, distinctCosts);
          const expected = EXTRACT_PHASES.reduce(
            (sum, phase) => sum + explanation.phases[phase],
            0,
          );

          expect(root?.before.totalNs).toBeCloseTo(expected, 6);
        },
      ),
    );
  });

  it('[TRC-5] shows plain references under their own name', () => {
    const explanation = explainOn(layoutFromText('A0'), {
      id: 'per-page',
      parameters: { kernel: 'v5.10' },
    });
    const names = callChain(explanation, explanation, unitCosts).map(({ before }) => before.name);

    expect(names).toContain('get_user_pages_fast');
    expect(names).not.toContain('pin_user_pages_fast');
  });
});

describe('chainStrategies', () => {
  it('takes what was asked for, and the kernel and the prototype of the talk for the rest', () => {
    const today = strategyFrom('today');
    const batch = strategyFrom('folio-batch');

    expect(chainStrategies([batch, today], 'direct-io')).toEqual({ before: today, after: batch });
    expect(chainStrategies([today], 'direct-io').after.id).toBe('folio-threshold');
    expect(chainStrategies([batch], 'gup-test').before.id).toBe('per-page');
  });
});
