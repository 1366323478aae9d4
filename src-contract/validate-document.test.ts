import { describe, expect, it } from 'vitest';
import { validateDocument, verdictOf } from './validate-document.ts';
import type { ValidateRow } from './validate-document.ts';
import {
  basisText,
  publishedFigureText,
  validateErrorText,
  validateMarkdown,
  validateRemark,
  validateSummary,
} from './validate-text.ts';

function row(change: Partial<ValidateRow>): ValidateRow {
  return {
    id: 's2.get.after',
    figure: 'a time',
    source: 'a posting',
    workload: 'a pin',
    layout: 'uniform:2MiB',
    strategy: 'today',
    published: 100,
    modelled: 105,
    modelledRange: null,
    unit: 'us',
    errorPercent: 5,
    basis: 'predicted',
    isCounted: false,
    costModel: 'textbook',
    reason: null,
    ...change,
  };
}

const missing = { modelled: null, errorPercent: null, costModel: null } as const;

describe('how a row stands', () => {
  it.each([
    [{}, 'met', 'predicted'],
    [{ errorPercent: -10 }, 'met', 'predicted'],
    [{ errorPercent: 10.1 }, 'missed', 'predicted, off'],
    [{ errorPercent: 0, basis: 'fitted' }, 'fitted', 'fitted'],
    [{ errorPercent: -11, basis: 'fitted' }, 'missed', 'fitted, off'],
    [missing, 'not-modelled', 'not modelled'],
    [{ published: null, errorPercent: null, basis: 'fitted' }, 'not-published', 'fitted'],
  ] as const)('%j is %s', (change, verdict, words) => {
    expect(verdictOf(row(change))).toBe(verdict);
    expect(basisText(row(change))).toBe(words);
  });
});

it('counts what was fitted apart from what was predicted, and counts apart from times', () => {
  const document = validateDocument([
    row({}),
    row({ errorPercent: 40 }),
    row({ unit: 'count', isCounted: true }),
    row({ basis: 'fitted' }),
    row(missing),
    row({ published: null, errorPercent: null }),
  ]);
  expect(document.summary).toEqual({
    rows: 6,
    fitted: 1,
    predicted: { rows: 3, within: 2 },
    predictedTimes: { rows: 2, within: 1 },
    notModelled: 1,
  });
  expect(validateSummary(document)).toBe(
    'Predicted within 10 %: 2 of 3; without counts, which are exact by the rules: 1 of 2. Fitted: 1, which prove nothing. Not modelled: 1.',
  );
});

it('writes figures with five digits and spaces between thousands', () => {
  expect([28.382, 0.0697651, 125_000, 262_144, 0, null].map(publishedFigureText)).toEqual([
    ...['28.382', '0.069765', '125 000', '262 144', '0', ''],
  ]);
});

it('writes errors with their sign, and a range before the reason', () => {
  const errors = [5, -0.04, -8.14, null].map((errorPercent) => row({ errorPercent }));
  expect(errors.map(validateErrorText)).toEqual(['+5.0 %', '0 %', '-8.1 %', '']);
  expect(validateRemark(row({ modelledRange: [3.9, 6.2], reason: 'a range' }))).toBe(
    '3.9 to 6.2 us; a range',
  );
});

it('escapes what Markdown would take for the end of a cell', () => {
  const text = validateMarkdown(validateDocument([row({ workload: 'devmap|compound' })]));
  expect(text.split('\n').slice(0, 3)).toEqual([
    '| id | figure | workload | published | modelled | unit | error | basis | remark |',
    '| --- | --- | --- | ---: | ---: | --- | ---: | --- | --- |',
    '| s2.get.after | a time | devmap\\|compound | 100 | 105 | us | +5.0 % | predicted |  |',
  ]);
});
