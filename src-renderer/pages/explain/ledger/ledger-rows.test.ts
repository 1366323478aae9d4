import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES } from '#core';
import { goodQuestion } from '../testing/drawn-questions.ts';
import { explained } from '../testing/explained.ts';
import { TALK_QUESTION } from '../question/sample-questions.ts';
import type { Question } from '../question/question.ts';
import { ledgerPhases } from './ledger-rows.ts';
import type { Priced } from './ledger-rows.ts';

function pricedOf(question: Question): Priced | null {
  const found = explained(question);
  return found === null
    ? null
    : { explanation: found.explanation, costModel: found.input.costModel };
}

const drawnPriced = goodQuestion.map(pricedOf).filter((priced) => priced !== null);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('the ledger', () => {
  it('[COST-1] adds up to the phases and the total, tracer included', () => {
    fc.assert(
      fc.property(drawnPriced, (priced) => {
        const phases = ledgerPhases(priced, null);

        for (const { ns, rows } of phases) {
          expect(sum(rows.map(({ cost }) => cost.ns))).toBeCloseTo(ns, 6);
        }
        expect(sum(phases.map(({ ns }) => ns))).toBeCloseTo(priced.explanation.totalNs, 6);
        expect(sum(phases.map(({ share }) => share))).toBeCloseTo(1, 9);
      }),
    );
  });

  it('has every event of both strategies once, and keeps the order of phases', () => {
    fc.assert(
      fc.property(drawnPriced, drawnPriced, (priced, beside) => {
        const phases = ledgerPhases(priced, beside);
        const order = phases.map(({ phase }) => PHASES.indexOf(phase));

        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const { phase, rows } of phases) {
          const names = new Set([
            ...Object.keys(priced.explanation.ledger[phase]),
            ...Object.keys(beside.explanation.ledger[phase]),
          ]);
          const events = rows.filter(({ name }) => name !== 'function_graph');

          expect(new Set(events.map(({ name }) => name))).toEqual(names);
          expect(events).toHaveLength(names.size);
        }
        expect(sum(phases.map(({ besideNs }) => besideNs ?? NaN))).toBeCloseTo(
          beside.explanation.totalNs,
          6,
        );
      }),
    );
  });

  it('shows the calls of the talk, 135 of them, and what each phase of them costs', () => {
    const priced = pricedOf(TALK_QUESTION);
    if (priced === null) throw new Error('the talk cannot be explained');
    const tracer = ledgerPhases(priced, null).flatMap(({ phase, rows }) =>
      rows.filter(({ name }) => name === 'function_graph').map(({ cost }) => [phase, cost.count]),
    );

    expect(tracer).toEqual([
      ['walk', 7],
      ['grab', 96],
      ['add', 32],
    ]);
  });
});
