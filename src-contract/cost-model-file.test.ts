import { assert, double, property, record, string } from 'fast-check';
import { expect, it } from 'vitest';
import { PRICED, recordFromKeys } from '#core';
import { costModelText, parseCostModel } from './cost-model-file.ts';
import { problemText } from './problem.ts';
import { FLAT_COST_MODEL } from './testing/flat-cost-model.ts';

const text = costModelText(FLAT_COST_MODEL);

/** The problems of the flat model after a change, as a user sees them. */
function problemsAfter(from: string | RegExp, to: string): string[] {
  const result = parseCostModel(text.replace(from, to), 'm.json');
  return result.ok ? [] : result.problems.map(problemText);
}

it('a model written and read again is the same', () => {
  const price = double({ min: 0, max: 1e9, noNaN: true });
  const prices = record(recordFromKeys(PRICED, () => price));
  assert(
    property(
      prices,
      double({ min: 0, max: 1, noNaN: true }),
      string({ minLength: 1 }),
      (each, sigma, title) => {
        const costModel = { ...FLAT_COST_MODEL, prices: each, jitter: { sigma }, title };

        expect(parseCostModel(costModelText(costModel), 'm.json')).toEqual({ ok: true, costModel });
      },
    ),
  );
});

it('a missing price, a negative one and an unknown event are told with their lines', () => {
  expect(problemsAfter('    "fault": 1,\n', '')).toEqual([
    'm.json:7: prices.fault: is missing; it takes a number from 0 to 1000000000 (nanoseconds)',
  ]);
  expect(problemsAfter('"fault": 1', '"fault": -3')).toEqual([
    expect.stringMatching(/^m\.json:\d+: prices\.fault: found -3; allowed: a number from 0 /),
  ]);
  expect(problemsAfter('"fault": 1', '"fault": 1, "lock_op": 5')).toEqual([
    expect.stringMatching(
      /^m\.json:\d+: prices\.lock_op: unknown key; (did you mean .*\? )?allowed: argcheck, /,
    ),
  ]);
});

it('a range of the tracer that is upside down is refused', () => {
  expect(problemsAfter('[40, 60]', '[60, 40]')).toEqual([
    expect.stringMatching(
      /^m\.json:\d+: tracer\.before\.exitNsRange: found a list of 2; allowed: \[least, most\] in this order$/,
    ),
  ]);
});

it('a text that is no JSON is told in one sentence', () => {
  expect(problemsAfter('"id"', 'id')).toEqual([
    expect.stringMatching(/^m\.json:3: not readable as JSON: [^\n]+$/),
  ]);
  expect(parseCostModel('[]', 'm.json')).toMatchObject({ ok: false });
});

it('never crashes the reader', () => {
  assert(
    property(string(), (any) => {
      expect(parseCostModel(any, 'm.json').ok).toBe(false);
    }),
  );
});
