import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callTree, countCalls, EXTRACT_PHASES, reportedNs } from '#core';
import { goodQuestion } from '../testing/drawn-questions.ts';
import { explained } from '../testing/explained.ts';
import { TALK_QUESTION } from '../question/sample-questions.ts';
import type { Question } from '../question/question.ts';
import { mergedTree, shownRows } from './tree-rows.ts';
import type { TreeNode } from './tree-rows.ts';

function treesOf(question: Question) {
  const found = explained(question);
  if (found === null) return null;
  const { costModel } = found.input;
  const tracer = costModel.tracer[found.explanation.tracer.build];
  const roots = callTree(found.explanation, costModel);
  return { explanation: found.explanation, tracer, roots, merged: mergedTree(roots, tracer) };
}

function allOf(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...allOf(node.children)]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('the call tree', () => {
  it('has as many calls and as much time as the calls it takes together', () => {
    const drawn = goodQuestion.map(treesOf).filter((trees) => trees !== null);
    fc.assert(
      fc.property(drawn, ({ roots, merged, tracer, explanation }) => {
        const nodes = allOf(merged);
        const extractNs =
          explanation.tracer.mode === 'off'
            ? sum(EXTRACT_PHASES.map((phase) => explanation.phases[phase]))
            : null;

        expect(sum(nodes.map(({ calls }) => calls))).toBe(countCalls(roots));
        expect(sum(merged.map(({ totalNs }) => totalNs))).toBeCloseTo(
          extractNs ?? sum(nodes.map(({ selfNs }) => selfNs)),
          4,
        );
        expect(sum(merged.map(({ tracedNs }) => tracedNs))).toBeCloseTo(
          sum(roots.map((root) => root.count * reportedNs(root, tracer))),
          4,
        );
        expect(new Set(nodes.map(({ path }) => path)).size).toBe(nodes.length);
      }),
    );
  });

  it('shows the talk in a dozen lines, closed nodes without what is in them', () => {
    const merged = treesOf(TALK_QUESTION)?.merged ?? [];
    const open = shownRows(merged, new Set()).map(
      ({ node, depth }) => `${'  '.repeat(depth)}${node.name} ${node.calls}`,
    );
    const [root] = merged;

    expect(open).toEqual([
      'bio_iov_iter_get_pages 1',
      '  pin_user_pages_fast 1',
      '    is_valid_gup_args 1',
      '    gup_fast_fallback 1',
      '      __pte_offset_map 1',
      '        __rcu_read_lock 1',
      '      try_grab_folio 32',
      '        mod_node_page_state 32',
      '      gup_fast_folio_allowed 32',
      '      __rcu_read_unlock 1',
      '  __bio_add_page 1',
      '  bvec_try_merge_page 31',
    ]);
    expect(shownRows(merged, new Set([root?.path ?? '']))).toHaveLength(1);
  });
});
