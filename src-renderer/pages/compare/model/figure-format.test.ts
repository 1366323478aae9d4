import { expect, it } from 'vitest';
import { changeSentence, changeText, changeTone } from './figure-format.ts';
import type { ChangeReading } from './figure-format.ts';
import { metricNamed } from './metrics.ts';

const faster: ChangeReading = {
  change: { delta: -500, share: -0.25 },
  certainty: { lower: -540, upper: -460, isIndistinguishable: false },
  hasReplicates: true,
  unit: 'ns',
};
const byChance: ChangeReading = {
  ...faster,
  change: { delta: 2, share: 0.001 },
  certainty: { lower: -4, upper: 8, isIndistinguishable: true },
};
const single: ChangeReading = { ...faster, certainty: null, hasReplicates: false };
const fromNothing: ChangeReading = {
  change: { delta: 1024, share: null },
  certainty: null,
  hasReplicates: true,
  unit: 'bytes',
};
const same: ChangeReading = { ...faster, change: { delta: 0, share: 0 } };
const all = [faster, byChance, single, fromNothing, same];

it('tells changes in percent, in units, as an interval or not at all', () => {
  const forms = (['percent', 'absolute', 'interval', 'none'] as const).map((form) =>
    all.map((reading) => changeText(reading, form)),
  );

  expect(forms).toEqual([
    ['−25 %', '+0.1 % ~', '−25 % ?', '+1 KiB', '='],
    ['−500 ns', '+2 ns ~', '−500 ns ?', '+1 KiB', '='],
    ['−27 … −23 %', '−0.2 … +0.4 % ~', '−25 % ?', '+1 KiB', '='],
    ['', '', '', '', ''],
  ]);
});

it('leaves the doubt of single replicates to a note where all are single', () => {
  expect(changeText(single, 'percent', false)).toBe('−25 %');
});

it('says in a sentence what is certain', () => {
  const sentences = [
    changeSentence(faster, 'good'),
    changeSentence(byChance, 'neutral'),
    changeSentence(single, 'bad'),
  ];

  expect(sentences).toEqual([
    '−500 ns (−25 %) against the baseline, better; 95 % interval −540 ns to −460 ns, beyond chance',
    '+2 ns (+0.1 %) against the baseline; 95 % interval −4 ns to +8 ns, within chance',
    '−500 ns (−25 %) against the baseline, worse; one replicate cannot tell it from chance',
  ]);
});

it('calls less time good, fewer IOPS bad, and neither what chance or the I/Os explain', () => {
  const tones = ['total.p50', 'iops', 'figures.pagesPerIo'].map((name) => {
    const metric = metricNamed(name);
    return all.map((reading) => metric && changeTone(reading, metric));
  });

  expect(tones).toEqual([
    ['good', 'neutral', 'good', 'bad', 'neutral'],
    ['bad', 'neutral', 'bad', 'good', 'neutral'],
    ['neutral', 'neutral', 'neutral', 'neutral', 'neutral'],
  ]);
});
