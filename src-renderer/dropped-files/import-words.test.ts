import { expect, it } from 'vitest';
import { sampleMeasurement } from '../testing/measured-samples.ts';
import { costModelSentence, importSentence } from './import-words.ts';

const { record } = sampleMeasurement(1, { name: 'heap', summary: '1 extent' });

it('says what was read, what was assumed and the first thing to keep in mind', () => {
  const remark = { line: 3, text: 'Tracing inflates time.' };
  const nothing = { assumptions: [], warnings: [] };

  expect([
    importSentence({ kind: 'measurement', record, outcome: 'added', ...nothing }),
    importSentence({ kind: 'measurement', record, outcome: 'known', ...nothing }),
    importSentence({
      kind: 'measurement',
      record,
      outcome: 'restored',
      assumptions: [remark],
      warnings: [remark, remark],
    }),
  ]).toEqual([
    'heap was imported: 1 extent.',
    'heap is in the library already: 1 extent.',
    'heap was taken out of the trash: 1 extent. 1 thing assumed. Tracing inflates time. 2 warnings in all.',
  ]);
});

it('says what experiments call an imported cost model', () => {
  expect([
    costModelSentence({ kind: 'cost-model', id: 'my-epyc@2', isNew: true }),
    costModelSentence({ kind: 'cost-model', id: 'my-epyc@1', isNew: false }),
  ]).toEqual([
    'The cost model my-epyc@2 was imported; experiments name it so.',
    'The cost model my-epyc@1 is in the library already.',
  ]);
});
