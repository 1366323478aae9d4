import { describe, expect, it } from 'vitest';
import { presetWords } from '../question/question.ts';
import { TALK_QUESTION } from '../question/sample-questions.ts';
import { explained } from '../testing/explained.ts';
import type { Question } from '../question/question.ts';
import { calledRows, parametersOf, readChain } from './chain-rows.ts';
import type { ChainReading } from './chain-rows.ts';

function chainOf(...questions: readonly Question[]): ChainReading {
  return readChain(
    questions.flatMap((question) => {
      const found = explained(question);
      return found === null ? [] : [found];
    }),
  );
}

function namesOf(...questions: readonly Question[]): readonly string[] {
  const chain = chainOf(...questions);
  return chain.ok ? [chain.names.before, chain.names.after] : [];
}

describe('the chain', () => {
  it('has the two strategies of the talk, with a stand-in for one that is missing', () => {
    const after = { ...TALK_QUESTION, strategy: presetWords('folio-batch') };

    expect(namesOf(TALK_QUESTION, after)).toEqual(['per-page kernel=v6.11', 'folio-batch']);
    expect(namesOf(TALK_QUESTION)).toEqual(['per-page kernel=v6.11', 'folio-threshold']);
    expect(namesOf(after)).toEqual(['per-page kernel=v6.11', 'folio-batch']);
  });

  it('says what a stand-in cannot count, and needs an I/O', () => {
    // A device-memory entry over separate pages is no folio that the prototype could take.
    const question: Question = {
      ...TALK_QUESTION,
      layout: { kind: 'rows', text: '0,262144,512,0,pmd,devmap' },
    };

    const chain = chainOf(question);

    expect(chain.ok ? '' : chain.problem).toContain('folio-threshold: virtual page 0');
    expect(readChain([])).toMatchObject({ ok: false });
  });

  it('leaves out what neither side calls', () => {
    const chain = chainOf(TALK_QUESTION);
    const names = chain.ok ? calledRows(chain.rows).map(({ before }) => before.name) : [];

    expect(names).toContain('try_grab_folio');
    expect(names).not.toContain('gup_fast_pmd_leaf');
    expect(names).not.toContain('__gup_longterm_locked');
  });

  it('marks the parameters that change', () => {
    const chain = chainOf(TALK_QUESTION);
    const row = chain.ok ? chain.rows.find(({ key }) => key === 'fast') : undefined;
    if (row === undefined || row.after === null) throw new Error('gup_fast() is gone');

    expect(parametersOf(row.before, row.after).filter(({ isOwn }) => isOwn)).toEqual([
      { text: 'struct page **pages', isOwn: true },
    ]);
    expect(
      parametersOf(row.after, row.before).flatMap(({ text, isOwn }) => (isOwn ? [text] : [])),
    ).toEqual(['struct folio_vec **folios', 'int *nr_folio_vecs']);
  });
});
