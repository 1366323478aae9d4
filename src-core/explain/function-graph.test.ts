import { describe, expect, it } from 'vitest';
import type { CostModel } from '../cost/cost-model.ts';
import { unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import { functionGraphText, reportedNs, talkListings } from './function-graph.ts';

const HEADER = `# tracer: function_graph
#
# CPU  DURATION                  FUNCTION CALLS
# |     |   |                     |   |   |   |
`;

function tracing(
  enterNs: number,
  exitNs: number,
  prices: Partial<CostModel['prices']> = {},
): CostModel {
  const build = { enterNs, exitNs, exitNsRange: [exitNs, exitNs] as const, ownTimeScale: 1 };
  return {
    ...unitCosts,
    prices: { ...unitCosts.prices, ...prices },
    tracer: { before: build, after: build },
  };
}

function textOf(drawing: string, strategy: string, costModel: CostModel): string {
  const explanation = explainOn(layoutFromText(drawing), strategy, {
    costModel,
    tracer: 'function-graph',
  });
  return functionGraphText(explanation, costModel);
}

describe('reportedNs', () => {
  it('[TRC-1] has the entry of a call in its own duration, its exit in its callers', () => {
    const leaf = { name: 'leaf', count: 3, ownNs: 5, children: [] };
    const root = { name: 'root', count: 1, ownNs: 11, children: [leaf] };
    const tracer = { enterNs: 100, exitNs: 70, exitNsRange: [60, 77], ownTimeScale: 1 } as const;

    expect(reportedNs(leaf, tracer)).toBe(100 + 5);
    expect(reportedNs(root, tracer)).toBe(100 + 11 + 3 * (105 + 70));
  });
});

describe('functionGraphText', () => {
  it('[TRC-1] [TRC-3] prints calls as ftrace does', () => {
    // One page at one nanosecond an event, 100 ns to enter and 50 to leave. From the inside:
    // rcu_read_lock 100; pte_offset_map 100 + 1 + 150 = 251; the counter 101;
    // try_grab_folio 100 + 5 + 151 = 256; folio_allowed 100; rcu_read_unlock 101;
    // pin_user_folios_fast 100 + 14 + 251 + 256 + 100 + 101 + 4 · 50 = 1022;
    // __bio_iov_iter_get_pages 100 + 1022 + 50; bio_iov_iter_get_pages 100 + 3 + 1172 + 50.
    expect(textOf('A0', 'folio-vec', tracing(100, 50))).toBe(`${HEADER}\
 0)               |  bio_iov_iter_get_pages() {
 0)               |    __bio_iov_iter_get_pages() {
 0)               |      pin_user_folios_fast() {
 0)               |        __pte_offset_map() {
 0)   0.100 us    |          __rcu_read_lock();
 0)   0.251 us    |        }
 0)               |        try_grab_folio() {
 0)   0.101 us    |          mod_node_page_state();
 0)   0.256 us    |        }
 0)   0.100 us    |        gup_fast_folio_allowed();
 0)   0.101 us    |        __rcu_read_unlock();
 0)   1.022 us    |      }
 0)   1.172 us    |    }
 0)   1.325 us    |  }
`);
  });

  it('[TRC-2] prints equal calls one by one', () => {
    // Three neighbours: one bvec and two merges.
    const lines = textOf('A0-2', 'per-page', tracing(100, 50)).split('\n');

    expect(lines.filter((line) => line.endsWith('bvec_try_merge_page();'))).toEqual([
      ' 0)   0.102 us    |    bvec_try_merge_page();',
      ' 0)   0.102 us    |    bvec_try_merge_page();',
    ]);
    expect(lines.filter((line) => line.includes('try_grab_folio() {'))).toHaveLength(3);
  });

  it.each([
    [9_899, ' 0)   9.999 us    |'],
    [9_900, ' 0)   10.000 us   |'],
    [9_901, ' 0) + 10.001 us   |'],
    [99_901, ' 0) ! 100.001 us  |'],
    [999_901, ' 0) # 1000.001 us |'],
    // From here on decimals give way, so that the number keeps to eight characters.
    [9_999_999, ' 0) * 10000.09 us |'],
    [99_999_900, ' 0) * 100000.0 us |'],
    [100_199_901, ' 0) @ 100200.0 us |'],
    [999_999_901, ' 0) $ 1000000 us  |'],
  ])('[TRC-1] marks a long duration: %i ns and 100 of the tracer', (unmapNs, start) => {
    const text = textOf('A0', 'per-page', tracing(100, 0, { pte_unmap: unmapNs }));
    const line = text.split('\n').find((each) => each.endsWith('__rcu_read_unlock();'));

    expect(line?.startsWith(start)).toBe(true);
  });
});

describe('talkListings', () => {
  it('[TRC-2] [TRC-3] has both listings of the talk, what repeats written once', () => {
    const costModel = tracing(100, 50);
    const layout = layoutFromText('A0-31', { A: 5 });
    const traced = { costModel, tracer: 'function-graph' } as const;
    const before = explainOn(layout, 'per-page', traced);
    const after = explainOn(layout, 'folio-threshold', traced);

    const lines = talkListings(before, after, costModel).split('\n');
    const functions = lines.map((line) => line.replace(/^( ..\)).{15}\|/, '$1 |'));

    expect(functions.slice(4)).toEqual([
      ' 18) |  bio_iov_iter_get_pages() {',
      ' 18) |    pin_user_pages_fast() {',
      ' 18) |      is_valid_gup_args();',
      ' 18) |      gup_fast_fallback() {',
      ' 18) |        __pte_offset_map() {',
      ' 18) |          __rcu_read_lock();',
      ' 18) |        }',
      ' 18) |        try_grab_folio() {',
      ' 18) |          mod_node_page_state();',
      ' 18) |        }',
      ' 18) |        gup_fast_folio_allowed();',
      ' 18) <-----32 times----->',
      ' 18) |        __rcu_read_unlock();',
      ' 18) |      }',
      ' 18) |    }',
      ' 18) |    __bio_add_page();',
      ' 18) |    bvec_try_merge_page();',
      ' 18) <-----31 times----->',
      ' 18) |  }',
      ' ------------------------------------------',
      '  5)  per-page kernel=v6.11  =>  folio-threshold',
      ' ------------------------------------------',
      '',
      '  5) |  bio_iov_iter_get_pages() {',
      '  5) |    __bio_iov_iter_get_pages() {',
      '  5) |      pin_user_folios_fast() {',
      '  5) |        __pte_offset_map() {',
      '  5) |          __rcu_read_lock();',
      '  5) |        }',
      '  5) |        try_grab_folio() {',
      '  5) |          mod_node_page_state();',
      '  5) |        }',
      '  5) |        gup_fast_folio_allowed();',
      '  5) |        __rcu_read_unlock();',
      '  5) |      }',
      '  5) |    }',
      '  5) |  }',
      '',
    ]);
  });
});
