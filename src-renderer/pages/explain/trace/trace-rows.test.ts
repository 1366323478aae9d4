import { expect, it } from 'vitest';
import { compareTraces, guessTracedIo, modelledCalls } from '#contract';
import type { ModelledCalls, TracedIo } from '#contract';
import { explained } from '../testing/explained.ts';
import { tracedPart, tracedPath, TWO_BIOS } from '../testing/drawn-traces.ts';
import { QUESTION_DEFAULTS } from '../question/question.ts';
import { TALK_QUESTION } from '../question/sample-questions.ts';
import { comparisonSentence, remarksOn, traceFacts } from './trace-facts.ts';
import { traceFlames } from './trace-flames.ts';
import { openRows, traceRows } from './trace-rows.ts';
import { asksAbout, questionFromTracedIo } from './traced-question.ts';

function tracedIo(): TracedIo {
  const io = guessTracedIo(TWO_BIOS);
  if (io === null) throw new Error('nothing is known of the I/O');
  return io;
}

/** What the model says of the I/O that the trace most likely shows. */
function modelledIo(): readonly ModelledCalls[] {
  const found = explained(questionFromTracedIo(tracedIo(), QUESTION_DEFAULTS.costModel));
  if (found === null) throw new Error('the question makes no sense');
  return modelledCalls(found.explanation, found.input.costModel);
}

it('asks about the I/O that a trace most likely shows', () => {
  const io = tracedIo();
  const question = questionFromTracedIo(io, 'textbook');

  expect(question).toMatchObject({
    length: '128KiB',
    strategy: { id: 'per-page', parameters: { kernel: 'v6.11' } },
    tracer: 'function-graph',
  });
  expect(asksAbout(question, io)).toBe(true);
  // Prices change nothing about the I/O.
  expect(asksAbout({ ...question, costModel: 'lpc-2024' }, io)).toBe(true);
  expect(asksAbout(TALK_QUESTION, io)).toBe(false);
});

it('lists traced and modelled calls of one bio as a tree, and marks what one side alone has', () => {
  const comparison = compareTraces(TWO_BIOS, modelledIo());
  const rows = traceRows('paths', TWO_BIOS, comparison);
  const byName = new Map(rows.map((row) => [row.name, row]));

  expect(rows[0]).toMatchObject({
    name: 'bio_iov_iter_get_pages',
    depth: 0,
    hasChildren: true,
    onlyIn: null,
  });
  expect(byName.get('gup_fast_fallback')).toMatchObject({ remark: 'internal_get_user_pages_fast' });
  expect(byName.get('try_grab_folio')?.measured?.calls).toBe(32);
  expect(byName.get('my_probe')).toMatchObject({ onlyIn: 'trace', modelled: null, depth: 1 });
  expect(rows.some(({ onlyIn }) => onlyIn === 'model')).toBe(true);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  expect(comparisonSentence(comparison)).toContain('bio_iov_iter_get_pages() was traced 2 times');
});

it('lists functions from the longest self time down', () => {
  const rows = traceRows('functions', TWO_BIOS, compareTraces(TWO_BIOS, modelledIo()));
  const selves = rows.map(({ measured, modelled }) => measured?.selfNs ?? modelled?.selfNs ?? 0);

  expect(selves).toEqual(selves.toSorted((one, other) => other - one));
  expect(rows.every(({ depth }) => depth === 0)).toBe(true);
});

it('lists the whole trace where it shares nothing with the model', () => {
  const part = tracedPart([tracedPath('vfs_read', 3, 50, [tracedPath('my_read', 3, 20)])]);
  const comparison = compareTraces(part, modelledIo());

  const rows = traceRows('paths', part, comparison);

  expect(rows.map(({ name, depth, measured }) => [name, depth, measured?.calls])).toEqual([
    ['vfs_read', 0, 3],
    ['my_read', 1, 3],
  ]);
  expect(traceFlames(part, modelledIo(), comparison).map(({ name }) => name)).toEqual(['traced']);
});

it('hides what is below a closed row, and nothing beside it', () => {
  const rows = traceRows('whole', TWO_BIOS, null);
  const closed = rows.find(({ name }) => name === 'internal_get_user_pages_fast');

  const shown = openRows(rows, new Set([closed?.key ?? '']));

  expect(rows.length - shown.length).toBe(1);
  expect(shown.map(({ name }) => name)).not.toContain('try_grab_folio_fast');
  expect(shown.at(-1)?.name).toBe('my_probe');
});

it('draws one bio of the trace and one of the model on one axis', () => {
  const modelled = modelledIo();
  const [traced, model] = traceFlames(TWO_BIOS, modelled, compareTraces(TWO_BIOS, modelled));

  expect([traced?.roots[0]?.path, model?.roots[0]?.path]).toEqual([
    '/bio_iov_iter_get_pages',
    '/bio_iov_iter_get_pages',
  ]);
  expect(traced?.roots[0]).toMatchObject({ calls: 1, tracedNs: 18_000 });
});

it('tells what a recording lacks, and what was written out', () => {
  const part = { ...TWO_BIOS, literalCalls: 12, calls: 133, cutOffCalls: 2, lostMarks: 1 };
  const facts = traceFacts({ ...part, lostEvents: 40 });

  expect(facts.find(({ title }) => title === 'Calls')?.text).toBe(
    '12 as written, 133 with repetitions',
  );
  expect(facts.filter(({ isGap }) => isGap).map(({ text }) => text)).toEqual([
    '2 calls',
    '40 events at 1 place',
  ]);
  expect(traceFacts(TWO_BIOS).some(({ isGap }) => isGap)).toBe(false);
});

it('says of a part what is about its lines or about the whole file', () => {
  const remarks = [null, 1, 20, 21].map((line) => ({ line, text: 'assumed' }));

  expect(remarksOn(TWO_BIOS, remarks).map(({ line }) => line)).toEqual([null, 1, 20]);
});
