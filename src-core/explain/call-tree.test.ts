import { describe, expect, it } from 'vitest';
import { EXTRACT_PHASES } from '../cost/price.ts';
import { APIS } from '../counting/request.ts';
import { PRESETS } from '../strategy/presets.ts';
import { distinctCosts, unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import { callTree, countCalls } from './call-tree.ts';
import type { CallNode } from './call-tree.ts';
import { reportedNs } from './function-graph.ts';

/** A tree with one line a node: `3 × name 12` for three calls of 12 ns of their own. */
function linesOf(nodes: readonly CallNode[], depth = 0): string[] {
  return nodes.flatMap(({ name, count, ownNs, children }) => [
    `${'  '.repeat(depth)}${count === 1 ? '' : `${count} × `}${name} ${ownNs}`,
    ...linesOf(children, depth + 1),
  ]);
}

function treeOf(...args: Parameters<typeof explainOn>): string[] {
  return linesOf(callTree(explainOn(...args), unitCosts));
}

describe('callTree', () => {
  it('[TRC-2] [TRC-4] shows the functions of the kernels with their own time', () => {
    // Two pages of one folio at one nanosecond an event.
    expect(treeOf(layoutFromText('A0-1', { A: 1 }), 'per-page')).toEqual([
      'bio_iov_iter_get_pages 0',
      '  pin_user_pages_fast 0',
      '    is_valid_gup_args 0',
      // argcheck, seq 2, irq 2, levels 4, pte_read 2; recheck 2, mark 2; stores 2.
      '    gup_fast_fallback 17',
      '      __pte_offset_map 1',
      '        __rcu_read_lock 0',
      // Two locked operations, two look-ups and the call.
      '      try_grab_folio 5',
      '        mod_node_page_state 1',
      '      gup_fast_folio_allowed 0',
      '      try_grab_folio 5',
      '        mod_node_page_state 1',
      '      gup_fast_folio_allowed 0',
      '      __rcu_read_unlock 1',
      '  __bio_add_page 1',
      // The test and its success.
      '  bvec_try_merge_page 2',
    ]);
  });

  it('[TRC-3] [TRC-4] shows what the prototype left', () => {
    expect(treeOf(layoutFromText('A0-1', { A: 1 }), 'folio-vec')).toEqual([
      // kmalloc, kfree and the vector.
      'bio_iov_iter_get_pages 3',
      '  __bio_iov_iter_get_pages 0',
      // argcheck, seq 2, irq 2, levels 4, pte_read 2, meta 2, contig_cmp; recheck, mark; store.
      '    pin_user_folios_fast 17',
      '      __pte_offset_map 1',
      '        __rcu_read_lock 0',
      '      try_grab_folio 5',
      '        mod_node_page_state 1',
      '      gup_fast_folio_allowed 0',
      '      __rcu_read_unlock 1',
    ]);
  });

  it('[TRC-4] has the spill of a statistic in the function that moves it', () => {
    const tree = treeOf(layoutFromText('[A0-511]', { A: 9 }), 'today', { pages: 126 });

    expect(tree.filter((line) => line.includes('mod_node_page_state'))).toEqual([
      '        mod_node_page_state 2',
    ]);
  });

  it('[TRC-2] shows the slow path where the fast one fails', () => {
    const plain = { id: 'today', policies: { kind: 'get' } };

    expect(treeOf(layoutFromText('. A0'), plain)).toEqual([
      'bio_iov_iter_get_pages 0',
      '  get_user_pages_fast 0',
      '    is_valid_gup_args 0',
      // argcheck, irq 2, levels 4, pte_read.
      '    gup_fast_fallback 8',
      '      __pte_offset_map 1',
      '        __rcu_read_lock 0',
      '      __rcu_read_unlock 1',
      // mmap_lock twice and one look for a VMA.
      '      __gup_longterm_locked 3',
    ]);
  });

  it('[PIN-1] shows a short pin that only reads memory as the plain reference it is', () => {
    const light = { id: 'today', policies: { readOnlyPins: 'references' } };
    const names = (op: 'read' | 'write'): string =>
      treeOf(layoutFromText('A0'), light, { op }).join('\n');

    expect(names('write')).toContain('get_user_pages_fast');
    expect(names('write')).not.toContain('mod_node_page_state');
    expect(names('read')).toContain('pin_user_pages_fast');
    expect(names('read')).toContain('mod_node_page_state');
  });

  it('[MEMFD-1] shows every look-up of 31 folios in the page cache', () => {
    const tree = treeOf(layoutFromText('A0-32'), 'memfd-pin', { api: 'register' });

    expect(tree.filter((line) => line.startsWith('memfd_pin_folios'))).toHaveLength(2);
    expect(tree.slice(-2)[0]).toContain('try_grab_folio');
  });

  it('[TRC-2] begins without a bio at the GUP call', () => {
    const locked = { id: 'today', policies: { walk: 'locked' } };

    expect(treeOf(layoutFromText('A0'), locked, { api: 'gup-test' })).toEqual([
      // levels 4, page-table lock 2, pte_read 1, store 1.
      'pin_user_pages 8',
      '  __gup_longterm_locked 3',
      '    try_grab_folio 3',
      '      mod_node_page_state 1',
    ]);
  });

  it('[TRC-2] shows every bio of an I/O', () => {
    const roots = callTree(explainOn(layoutFromText('A0-599'), 'today'), unitCosts);

    expect(roots.map(({ name, count }) => [name, count])).toEqual([
      ['bio_iov_iter_get_pages', 1],
      ['bio_iov_iter_get_pages', 1],
      ['bio_iov_iter_get_pages', 1],
    ]);
  });

  // Head pages cannot describe this memory.
  it.each(PRESETS.map(({ id }) => id).filter((id) => id !== 'folio-head'))(
    '[TRC-1] [TRC-4] of %s has all calls and all the time of the extract phases',
    (id) => {
      const layout = layoutFromText('A0-2 B0 A4-7 @510 C0-9 @1024 [D0-511] E0-1 . F0', {
        A: 3,
        C: 2,
        D: 9,
      });
      for (const api of APIS) {
        for (const [firstPage, pages] of [
          [0, 8],
          [0, 20],
          [510, 10],
          [1024, 514],
          [1024, 600],
          [9, 4],
        ] as const) {
          const explanation = explainOn(layout, id, {
            api,
            firstPage,
            pages,
            costModel: distinctCosts,
            tracer: 'function-graph',
          });
          const tracer = distinctCosts.tracer[explanation.tracer.build];
          const roots = callTree(explanation, distinctCosts);

          expect(countCalls(roots)).toBe(explanation.tracer.calls);
          const priced = EXTRACT_PHASES.reduce((sum, phase) => sum + explanation.phases[phase], 0);
          const reported = roots.reduce((sum, root) => sum + reportedNs(root, tracer), 0);
          expect(reported).toBeCloseTo(priced, 6);
        }
      }
    },
  );
});
