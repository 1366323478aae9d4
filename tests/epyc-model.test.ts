import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { costModelText } from '#contract';
import { EPYC_MODEL_FILE, fitEpycModel } from '../scripts/fit-epyc-6.18.ts';

const { model, document } = await fitEpycModel(20);

/** Mean absolute error of some rows, each layout told with prices fitted without it. Unit: percent. */
function leftOutMape(...parts: readonly string[]): number {
  const found = document.accuracy.filter(({ part }) => parts.includes(part));
  expect(found.map(({ part }) => part)).toEqual(expect.arrayContaining([...parts]));
  const rows = found.reduce((sum, each) => sum + each.rows, 0);
  return found.reduce((sum, each) => sum + each.rows * (each.leftOutMapePercent ?? 100), 0) / rows;
}

describe('the built-in model epyc-6.18', () => {
  it('is what the script fits to the measurements in the repository', async () => {
    expect(costModelText(model)).toBe(await readFile(EPYC_MODEL_FILE, 'utf8'));
  });

  it.each([
    [['pin_span hot up to 1 MiB'], 4],
    [['get_pages_span zram write hot 5 pages and more'], 4.5],
    [['get_pages_span zram read hot 5 pages and more'], 4.5],
    [['release_span zram write hot 5 pages and more'], 5.5],
    [['release_span zram read hot 5 pages and more'], 5.5],
    [['pin_span walk'], 12],
    [['get_pages_span zram write walk 5 pages and more'], 12],
    [['release_span zram write walk 5 pages and more'], 12],
  ])('tells %j of a layout it has not seen within %d %% in the mean', (parts, most) => {
    expect(leftOutMape(...parts)).toBeLessThanOrEqual(most);
  });

  it('has each factor inside the interval of resampled rows', () => {
    expect(document.groups.length).toBeGreaterThan(20);
    for (const { prices, multiplier, interval } of document.groups) {
      const [low, high] = interval;
      const isInside = low <= multiplier && multiplier <= high;
      expect([prices[0]?.name, isInside]).toEqual([prices[0]?.name, true]);
    }
  });

  it('has no probe in it, and names the times that are no part of pinning', () => {
    expect(document.probeNs).toBe(90);
    expect(model.spanTerms?.sys_enter).toBeGreaterThan(0);
    expect(Object.keys(model.prices)).not.toContain('sys_enter');
  });
});
