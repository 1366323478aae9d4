import { expect, it } from 'vitest';
import { callTree } from '#core';
import type { CallNode } from '#core';
import { explained } from '../testing/explained.ts';
import { SAMPLE_QUESTIONS } from '../question/sample-questions.ts';
import { phaseOfFunction } from './phase-of-function.ts';

function namesIn(nodes: readonly CallNode[]): readonly string[] {
  return nodes.flatMap(({ name, children }) => [name, ...namesIn(children)]);
}

it('every function of the samples works in the phase its name says', () => {
  const names = SAMPLE_QUESTIONS.flatMap(({ question }) => {
    const found = explained(question);
    return found === null ? [] : namesIn(callTree(found.explanation, found.input.costModel));
  });
  const byPhase = Object.groupBy([...new Set(names)].toSorted(), phaseOfFunction);

  expect(byPhase).toEqual({
    add: [
      '__bio_add_page',
      '__bio_iov_iter_get_pages',
      'bio_iov_iter_get_pages',
      'bvec_try_merge_page',
    ],
    grab: ['gup_fast_folio_allowed', 'mod_node_page_state', 'try_grab_folio'],
    walk: [
      '__gup_longterm_locked',
      '__pte_offset_map',
      '__rcu_read_lock',
      '__rcu_read_unlock',
      'get_user_pages',
      'gup_fast_fallback',
      'is_valid_gup_args',
      'pin_user_folios_fast',
      'pin_user_pages_fast',
    ],
  });
});
