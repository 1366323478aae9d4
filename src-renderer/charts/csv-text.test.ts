import { expect, it } from 'vitest';
import { csvFromTable } from './csv-text.ts';
import { NO_PROVENANCE } from './provenance.ts';

const provenance = {
  ...NO_PROVENANCE,
  runIds: ['ab1e96d1', '48ea3603'],
  experiments: ['allocation-policies'],
  seeds: [7, 8],
  costModels: ['textbook'],
  coreVersions: ['1'],
  shared: ['layout thp-2m'],
};

it('writes a header with units and says in every row where the figures come from', () => {
  const text = csvFromTable(
    { columns: [{ name: 'series' }, { name: 'latency_ns' }], rows: [['today', 84.223]] },
    provenance,
  );

  expect(text).toBe(
    'series,latency_ns,run_id,experiment,seed,cost_model,core_version,commit,shared\n' +
      'today,84.223,ab1e96d1 48ea3603,allocation-policies,7 8,textbook,1,,layout thp-2m\n',
  );
});

it('lets no text run as a formula, and quotes what needs it', () => {
  const text = csvFromTable(
    {
      columns: [{ name: 'series' }, { name: 'value' }],
      rows: [
        ['=HYPERLINK("x")', null],
        ['a, b', Number.NaN],
        ['-1', -1],
      ],
    },
    NO_PROVENANCE,
  );

  expect(text.split('\n').slice(1)).toEqual([
    `"'=HYPERLINK(""x"")",,,,,,,,`,
    '"a, b",,,,,,,,',
    "'-1,-1,,,,,,,",
    '',
  ]);
});
