import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callTraceDocumentSchema, compareTraces, compareWithGuess, modelledCalls } from '#contract';
import type { CallTraceDocument, CallTracePath } from '#contract';
import { talkListings } from '#core';
import { readTalkListing } from './read-talk-listing.ts';
import { explainTalk } from './testing/explained-talk.ts';

const TALK = readFileSync(new URL('fixtures/talk-2024-listings.txt', import.meta.url), 'utf8');

async function documentOf(text: string): Promise<CallTraceDocument> {
  const outcome = await readTalkListing(text);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return callTraceDocumentSchema.parse(outcome.document);
}

async function faults(text: string): Promise<readonly string[]> {
  const outcome = await readTalkListing(text);
  return outcome.ok
    ? []
    : outcome.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

/** A tree as text: name, calls, total time; nanoseconds rounded. */
function drawn(paths: readonly CallTracePath[], depth = 0): readonly string[] {
  return paths.flatMap(({ name, calls, totalNs, children }) => [
    `${'  '.repeat(depth)}${name} ${calls} ${Math.round(totalNs)}`,
    ...drawn(children, depth + 1),
  ]);
}

/** A line of a listing, without a header. */
const ROW = '18) 0.100 us | ';

it('[TRC-3] finds 15 calls before and 9 after as they stand in the talk, 135 and 9 written out', async () => {
  const { parts } = await documentOf(TALK);

  expect(parts.map(({ literalCalls, calls, cpus }) => ({ literalCalls, calls, cpus }))).toEqual([
    { literalCalls: 15, calls: 135, cpus: [18] },
    { literalCalls: 9, calls: 9, cpus: [5] },
  ]);
  expect(parts.map(({ roots }) => drawn(roots))).toEqual([
    [
      'bio_iov_iter_get_pages 1 28382',
      '  pin_user_pages_fast 1 21062',
      '    is_valid_gup_args 1 110',
      '    gup_fast_fallback 1 20631',
      '      __pte_offset_map 1 353',
      '        __rcu_read_lock 1 114',
      '      try_grab_folio 32 11920',
      '        mod_node_page_state 32 3648',
      '      gup_fast_folio_allowed 32 3840',
      '      __rcu_read_unlock 1 0',
      '  __bio_add_page 1 117',
      '  bvec_try_merge_page 31 4412',
    ],
    [
      'bio_iov_iter_get_pages 1 3750',
      '  __bio_iov_iter_get_pages 1 3310',
      '    pin_user_folios_fast 1 2670',
      '      __pte_offset_map 1 510',
      '        __rcu_read_lock 1 170',
      '      try_grab_folio 1 510',
      '        mod_node_page_state 1 170',
      '      gup_fast_folio_allowed 1 170',
      '      __rcu_read_unlock 1 170',
    ],
  ]);
});

it('says with lines what it assumed of the talk', async () => {
  const { assumptions, warnings, format } = await documentOf(TALK);

  expect(format).toBe('listings');
  expect(assumptions.map(({ line, text }) => `${String(line)}: ${text}`)).toEqual([
    '6: Spaces in names are read as underscores that were lost; the listing has 5 such names, the first here.',
    '6: 32 pages are added to the bio, of which __bio_add_page adds 1: bvec_try_merge_page is counted 31 times, not 32.',
    '6: __rcu_read_unlock is not shown, which the kernel calls as often as __rcu_read_lock: 1 is counted below gup_fast_fallback, without a time of its own.',
    '6: The listing shows 15 calls; with its marks written out they are 135, with all that is assumed 135.',
    '20: "32 times" is read as 32 calls of try_grab_folio (2 shown) and gup_fast_folio_allowed (1 shown); those not shown are given the mean time of those shown.',
    '22: The brace does not stand below the call that it closes: braces are matched by their order.',
    '26: "32 times" is read as 32 calls of bvec_try_merge_page (3 shown); those not shown are given the mean time of those shown.',
    '37: Spaces in names are read as underscores that were lost; the listing has 4 such names, the first here.',
    '37: The listing has 9 calls and no repetitions.',
    '49: The brace does not stand below the call that it closes: braces are matched by their order.',
  ]);
  expect(warnings.map(({ text }) => text)).toContain(
    'The listings were recorded on different CPUs: their clocks may differ, so their times are not to be subtracted.',
  );
});

it('[TRC-3] stands beside the model call for call, on both sides of the conversion', async () => {
  const { parts } = await documentOf(TALK);
  const talk = explainTalk();
  const comparisons = [talk.before, talk.after].map((explanation, index) => {
    const part = parts[index];
    if (part === undefined) throw new Error('the talk has two listings');
    return compareTraces(part, modelledCalls(explanation, talk.model));
  });
  expect(
    comparisons.map(({ root, measuredCalls, modelledCalls: calls }) => [
      root,
      measuredCalls,
      calls,
    ]),
  ).toEqual([
    ['bio_iov_iter_get_pages', 135, 135],
    ['bio_iov_iter_get_pages', 9, 9],
  ]);
  for (const { name, measured, modelled } of comparisons.flatMap(({ paths }) => paths)) {
    expect([name, measured?.calls]).toEqual([name, modelled?.calls]);
  }
  // Both totals of the model are fitted to the talk.
  expect(comparisons[0]?.paths[0]?.modelled?.totalNs).toBeCloseTo(28_382, -2);
  expect(comparisons[1]?.paths[0]?.modelled?.totalNs).toBeCloseTo(3750, -2);
});

it('guesses from the listings which I/O they show, and finds the same calls in the model', async () => {
  const { parts } = await documentOf(TALK);
  const { model } = explainTalk();
  const comparisons = parts.map((part) => compareWithGuess(part, model));

  expect(
    comparisons.map((comparison) => [comparison?.measuredCalls, comparison?.modelledCalls]),
  ).toEqual([
    [135, 135],
    [9, 9],
  ]);
});

it('reads back the listings that the model prints in the form of the talk', async () => {
  const { before, after, model } = explainTalk();
  const { parts, assumptions } = await documentOf(talkListings(before, after, model));

  expect(parts.map(({ calls, cpus }) => [calls, cpus])).toEqual([
    [135, [18]],
    [9, [5]],
  ]);
  expect(assumptions.filter(({ text }) => text.includes('not shown, which'))).toEqual([]);
});

it('takes what repeats from what is seen to repeat, above the mark and below it', async () => {
  const rows = ['a b();', 'c();', 'd();', 'c();', 'd();', 'c();'].map((row) => ROW + row);
  const text = [...rows, '<---10 times--->', `${ROW}d();`, `${ROW}e();`].join('\n');
  const { parts } = await documentOf(text);

  expect(drawn(parts[0]?.roots ?? [])).toEqual(['a_b 1 100', 'c 10 1000', 'd 10 1000', 'e 1 100']);
});

it('lets marks within a repeated call count for every repetition', async () => {
  const text = [
    '0) | outer() {',
    `0) 0.010 us | inner();`,
    '<-- 5 times -->',
    '0) 0.200 us | }',
    '<-- 3 times -->',
  ].join('\n');
  const { parts } = await documentOf(text);

  expect(drawn(parts[0]?.roots ?? [])).toEqual(['outer 3 600', '  inner 15 150']);
  expect(parts[0]).toMatchObject({ literalCalls: 2, calls: 18 });
});

it.each([
  ['nothing', '', /^1: no listing of function_graph was found/],
  ['prose', 'one\ntwo', /no listing/],
  [
    'a call that is never closed',
    '0) | open() {\ntext',
    /^2: found "text" within "open", which begins in line 1/,
  ],
  ['a brace too many', '0) 1.0 us | }', /^1: a brace closes no call/],
  ['a mark below nothing', '<--2 times-->', /^1: "2 times" stands below no call/],
  ['a call without a time', '0) | call();', /^1: the call of "call" has no duration/],
  ['no call', '0) 0.1 us | 12 + 4', /^1: found "12 \+ 4"; allowed: "name\(\);"/],
])('refuses %s and names the line', async (_name, text, fault) => {
  expect((await faults(text)).join('\n')).toMatch(fault);
});

it('survives any text: a document, or a fault that names a line', async () => {
  const mutated = fc
    .tuple(fc.nat(TALK.length), fc.nat(80), fc.string({ unit: 'binary' }))
    .map(([at, length, put]) => TALK.slice(0, at) + put + TALK.slice(at + length));
  const lines = TALK.split('\n');
  const shuffled = fc
    .array(fc.constantFrom(...lines), { maxLength: 30 })
    .map((some) => some.join('\n'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), mutated, shuffled), async (text) => {
      const outcome = await readTalkListing(text);
      if (outcome.ok) callTraceDocumentSchema.parse(outcome.document);
      else {
        expect(outcome.problems.length).toBeGreaterThan(0);
        expect(outcome.problems.every(({ line }) => line !== null && line > 0)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});
