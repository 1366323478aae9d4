import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { calibrationDocumentSchema, parseCostModel, costModelText } from '#contract';
import type { SpanRow } from '#contract';
import type { CostModel } from '#core';
import { findCostModel } from '../catalogue/cost-models.ts';
import { calibrate } from './calibrate.ts';
import type { CalibrationFile, CalibrationRequest } from './calibrate.ts';
import { rowsFromSpans } from './calibration-rows.ts';
import { predictRows } from './predict.ts';

const EXPERIMENTS = fileURLToPath(new URL('../../../experiments', import.meta.url));
const textbook = await builtIn('textbook');
const machine = await builtIn('epyc-6.18');

async function builtIn(id: string): Promise<CostModel> {
  const found = await findCostModel(EXPERIMENTS, id);
  if (!found.ok) throw new Error(found.message);
  return found.value;
}

const ROW: SpanRow = {
  ...{ line: 2, table: 'pin-register', run: 1, layout: 'base4k', mode: 'hot', bytes: 4096 },
  ...{ offsetBytes: 0, metric: 'pin_span', device: null, op: null, pages: null, folios: null },
  ...{ folioPages: null, physicalRuns: null, leafEntries: null, pmdShare: null, test: null },
  ...{
    variant: null,
    samples: null,
    minNs: null,
    p50Ns: 1,
    p90Ns: null,
    p99Ns: null,
    meanNs: null,
  },
};

const LAYOUTS = ['base4k', 'mthp16k', 'mthp64k', 'mthp128k', 'thp2m', 'thp2m_pte'];
const SIZES = [4096, 8192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288];

/** What a machine with the prices of `epyc-6.18` would have measured. */
function measuredRows(layouts: readonly string[], sizes: readonly number[]): SpanRow[] {
  const questions = layouts.flatMap((layout) =>
    sizes.flatMap((bytes) =>
      [1, 2].map((run, at) => ({ ...ROW, layout, bytes, run, line: 2 + at })),
    ),
  );
  const { rows } = predictRows(machine, 'made up', questions);
  return questions.map((row, at) => ({ ...row, p50Ns: rows[at]?.modelledNs ?? 1 }));
}

function fileOf(spans: readonly SpanRow[], name = 'made-up.csv'): CalibrationFile {
  return { name, sha256: 'a'.repeat(64), rowCount: spans.length, ...rowsFromSpans(name, spans) };
}

function requestOf(
  spans: readonly SpanRow[],
  differences: Partial<CalibrationRequest> = {},
): CalibrationRequest {
  return {
    id: 'made-up',
    title: null,
    machine: 'A machine of this test',
    startingModel: textbook,
    files: [fileOf(spans)],
    grouping: 'tie',
    samples: 5,
    ...differences,
  };
}

function fitted(
  request: CalibrationRequest,
): Extract<ReturnType<typeof calibrate>, { ok: true }>['value'] {
  const result = calibrate(request);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function refusal(request: CalibrationRequest): string {
  const result = calibrate(request);
  return result.ok ? '' : result.message;
}

describe('a calibration', () => {
  const spans = measuredRows(LAYOUTS, SIZES);
  const { model, document } = fitted(requestOf(spans));

  it('finds what the rows were made from', () => {
    for (const { errorPercent } of predictRows(model, 'made up', spans).rows) {
      expect(Math.abs(errorPercent ?? 100)).toBeLessThan(2);
    }
  });

  it('tells sizes and layouts that it has not seen', () => {
    const unseen = measuredRows(['mthp32k', 'mthp256k', 'base4k_shuf'], [49_152, 196_608]);

    for (const { errorPercent } of predictRows(model, 'made up', unseen).rows) {
      expect(Math.abs(errorPercent ?? 100)).toBeLessThan(3);
    }
  });

  it('is a document that reads back, and a model that reads back', () => {
    expect(calibrationDocumentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    expect(parseCostModel(costModelText(model), 'made-up')).toEqual({ ok: true, costModel: model });
  });

  it('has each priced name once: fitted, unneeded or unseen', () => {
    const fittedNames = document.groups.flatMap(({ prices }) => prices.map(({ name }) => name));
    const names = [...fittedNames, ...document.unneeded, ...document.unseen];

    expect(new Set(names).size).toBe(names.length);
    for (const name of document.unseen) {
      expect([name, model.prices[name as keyof typeof model.prices]]).toEqual([
        name,
        textbook.prices[name as keyof typeof model.prices],
      ]);
    }
  });

  it('keeps the probe out of the prices, and says so', () => {
    expect(document.probeNs).toBe(90);
    expect(model.provenance).toContain('A machine of this test. Fitted to');
    expect(model.provenance).toContain('A probe of 90 ns in each span is in no price.');
  });

  it('reports a run that was slower throughout as a factor', () => {
    const slower = spans.map((row) => (row.run === 2 ? { ...row, p50Ns: row.p50Ns * 1.21 } : row));
    const { document: found } = fitted(requestOf(slower));

    expect(found.scales.map(({ factor }) => Number(factor.toFixed(2)))).toEqual([0.91, 1.1]);
  });
});

describe('a calibration that the rows do not determine', () => {
  it('is refused where there are fewer rows than two for each price', () => {
    expect(refusal(requestOf(measuredRows(['base4k'], [4096, 8192, 65_536])))).toMatch(
      /^the fit is under-determined: 3 different rows on 1 layout for \d prices that can be told apart; it needs 2 rows for each: add rows of other layouts/,
    );
  });

  it('is done with more prices tied where that is asked for', () => {
    const request = requestOf(measuredRows(['base4k'], [4096, 8192, 65_536]), {
      grouping: 'tie-more',
    });

    expect(fitted(request).document.groups).toHaveLength(1);
  });

  it('is refused ungrouped where prices occur in the same ratio in every row', () => {
    expect(refusal(requestOf(measuredRows(LAYOUTS, SIZES), { grouping: 'none' }))).toMatch(
      /^the rows cannot tell .*apart: they occur in the same ratio in every row; tie them/,
    );
  });

  it('is refused where no row can be used, with the reason', () => {
    expect(refusal(requestOf([{ ...ROW, metric: 'register' }]))).toContain(
      'there is no row that a cost model can be fitted to; left out: a whole system call',
    );
    expect(refusal(requestOf([]))).toBe('there is no row that a cost model can be fitted to');
  });
});

describe('a prediction', () => {
  it('has a row for every row, in their order, and a reason where it has no figure', () => {
    const spans = [ROW, { ...ROW, line: 3, metric: 'register' }, { ...ROW, line: 4, layout: 'x' }];
    const { rows } = predictRows(machine, 'f.csv', spans);

    expect(rows.map(({ line, modelledNs }) => [line, modelledNs === null])).toEqual([
      [2, false],
      [3, true],
      [4, true],
    ]);
    expect(rows.map(({ reason }) => reason === null)).toEqual([true, false, false]);
  });

  it('reads nothing of a row but what was measured', () => {
    const bare = predictRows(machine, 'f.csv', [{ ...ROW, layout: 'mthp16k', bytes: 65_536 }]);
    const told = predictRows(machine, 'f.csv', [
      {
        ...{ ...ROW, layout: 'mthp16k', bytes: 65_536, run: 4, pages: 1, folios: 99 },
        ...{ folioPages: 7, physicalRuns: 3, leafEntries: 5, pmdShare: 1, samples: 1, minNs: 3 },
        ...{ p50Ns: 77, p90Ns: 1e6, p99Ns: 1e6, meanNs: 1e6 },
      },
    ]);

    expect(told.rows[0]?.modelledNs).toBe(bare.rows[0]?.modelledNs);
    expect(told.rows[0]?.measuredNs).toBe(77);
  });
});
