import { expect, it } from 'vitest';
import { exportFileName, NO_PROVENANCE, provenanceLine } from './provenance.ts';

const provenance = {
  runIds: ['ab1e96d1-62e6-409c-b4aa-0b065503ad49'],
  experiments: ['allocation-policies'],
  seeds: [7],
  costModels: ['textbook'],
  coreVersions: ['1'],
  commits: ['f7bfe163'],
  shared: ['layout thp-2m'],
};

it('names a file by what is in it', () => {
  expect(exportFileName('percentiles', provenance, 'png')).toBe(
    'percentiles_allocation-policies_ab1e96d1_seed-7_textbook_core-1.png',
  );
});

it('counts what a name has no room for, and drops what a file system refuses', () => {
  const many = {
    ...NO_PROVENANCE,
    runIds: ['aaaaaaaa-1', 'bbbbbbbb-2', 'cccccccc-3', 'dddddddd-4', 'eeeeeeee-5'],
    experiments: ['a/b: c'],
  };

  expect(exportFileName('cdf', many, 'csv')).toBe(
    'cdf_a-b-c_aaaaaaaa+bbbbbbbb+cccccccc+2-more.csv',
  );
});

it('says in one line where a picture comes from', () => {
  expect([provenanceLine(provenance), provenanceLine(NO_PROVENANCE)]).toEqual([
    'Folio Lab · allocation-policies · layout thp-2m · run ab1e96d1 · seed 7 · cost model textbook · core 1',
    'Folio Lab',
  ]);
});
