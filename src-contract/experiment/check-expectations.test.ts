import { describe, expect, it } from 'vitest';
import { EXPERIMENT_TEXT } from '../testing/experiment-text.ts';
import { experimentFile, simulatedTrials } from '../testing/simulated-trials.ts';
import type { ExpectationRecord } from '../stored-run.ts';
import { checkExpectations } from './check-expectations.ts';

const WITHOUT_EXPECT = EXPERIMENT_TEXT.slice(0, EXPERIMENT_TEXT.indexOf('expect:'));
const trials = simulatedTrials(experimentFile());

/** Checks one entry, written as in the file, against the small experiment. */
function check(entry: string): ExpectationRecord {
  const file = experimentFile(`${WITHOUT_EXPECT}expect:\n  - {text: a claim, ${entry}}\n`);
  const [record] = checkExpectations(file, trials);
  if (record === undefined) throw new Error('no record for the entry');
  return record;
}

describe('one comparison', () => {
  const trial = 'of: {strategy: pages, layout: large, blockSize: 128KiB, tracer: off}';

  it('holds or not, and says what was found', () => {
    expect(check(`metric: events.lock_op, ${trial}, relation: equal, value: 160`)).toEqual({
      text: 'a claim',
      holds: true,
      found: '160 is equal to 160',
    });
    expect(check(`metric: events.lock_op, ${trial}, relation: less, value: 160`)).toEqual({
      text: 'a claim',
      holds: false,
      found: '160 is not less than 160',
    });
    expect(check(`metric: figures.stackBytesMost, ${trial}, relation: equal, value: 1KiB`)).toEqual(
      { text: 'a claim', holds: false, found: '0 B is not equal to 1024 B' },
    );
  });

  it('within a tolerance says how far off it is', () => {
    const within = (tolerance: string): ExpectationRecord =>
      check(
        `metric: events.lock_op, ${trial}, relation: within, value: 200, tolerance: ${tolerance}`,
      );

    expect(within('20%')).toMatchObject({
      holds: true,
      found: '160 is within 20 % of 200 (-20 % off)',
    });
    expect(within('0.19')).toMatchObject({
      holds: false,
      found: '160 is not within 19 % of 200 (-20 % off)',
    });
  });

  it.each([
    ['less', [true, false, false]],
    ['at-most', [true, true, false]],
    ['equal', [false, true, false]],
    ['at-least', [false, true, true]],
    ['greater', [false, false, true]],
  ])('%s compares as its name says', (relation, expected) => {
    expect(
      [161, 160, 159].map(
        (value) =>
          check(`metric: events.lock_op, ${trial}, relation: ${relation}, value: ${value}`).holds,
      ),
    ).toEqual(expected);
  });
});

describe('a selection', () => {
  it('of several trials holds when each of them does, and tells the closest', () => {
    expect(
      check(
        'metric: events.lock_op, of: {strategy: pages, tracer: off}, relation: greater, value: 3',
      ),
    ).toMatchObject({
      holds: true,
      found: '4 of 4 hold, closest layout=small, blockSize=4KiB: 4 is greater than 3',
    });
    expect(
      check(
        'metric: events.lock_op, of: {strategy: pages, tracer: off}, relation: less, value: 150',
      ),
    ).toMatchObject({
      holds: false,
      found: '3 of 4 hold, furthest off layout=large, blockSize=128KiB: 160 is not less than 150',
    });
  });

  it('of several trials with one result says so', () => {
    expect(
      check('metric: events.kmalloc, of: {blockSize: [4KiB, 128KiB]}, relation: equal, value: 0'),
    ).toMatchObject({ holds: true, found: 'all 16: 0 is equal to 0' });
  });

  it('of nothing does not hold and says what it looked for', () => {
    expect(
      check('metric: iops, of: {layout: large, blockSize: 1MiB}, relation: greater, value: 0'),
    ).toMatchObject({
      holds: false,
      found: 'no trial of this run matches layout=large, blockSize=1MiB',
    });
    expect(
      check('metric: iops, of: {layout: large}, relation: less, than: {costModel: other}'),
    ).toMatchObject({
      holds: false,
      found: 'no trial of this run matches costModel=other',
    });
  });

  it('in than takes over what it does not name, so that like is compared with like', () => {
    const batch = 'metric: events.lock_op, of: {strategy: batch}, than: {strategy: pages}';

    expect(check(`${batch}, relation: at-most`)).toMatchObject({
      holds: true,
      found: '8 of 8 hold, closest layout=large, tracer=off, blockSize=4KiB: 5 is at most 5',
    });
    expect(check(`${batch}, relation: less, factor: 0.5`)).toMatchObject({
      holds: false,
      found:
        '2 of 8 hold, furthest off layout=large, tracer=off, blockSize=4KiB: 5 is not less than 2.5',
    });
  });
});

describe('replicates', () => {
  const [first] = trials;
  if (first?.result.status !== 'done') throw new Error('the trial did not run');
  const { parameters, result } = first;
  const replicates = [30, 10, 50].map((iops, replicate) => ({
    parameters: { ...parameters, replicate },
    result: { ...result, iops },
  }));

  it.each([
    ['median', 30],
    ['mean', 30],
    ['least', 10],
    ['most', 50],
  ])('are joined by their %s', (statistic, value) => {
    const entry = `{text: x, metric: iops, relation: equal, value: ${value}, statistic: ${statistic}}`;
    const file = experimentFile(`${WITHOUT_EXPECT}expect: [${entry}]\n`);

    expect(checkExpectations(file, replicates)).toEqual([
      { text: 'x', holds: true, found: `${value} is equal to ${value}` },
    ]);
  });

  it('can be selected one by one', () => {
    const entry = '{text: x, metric: iops, of: {replicate: 1}, relation: equal, value: 10}';
    const file = experimentFile(`${WITHOUT_EXPECT}expect: [${entry}]\n`);

    expect(checkExpectations(file, replicates)).toMatchObject([{ holds: true }]);
  });
});

describe('trials that could not run', () => {
  const absent = trials.map((trial) =>
    trial.parameters.layoutName === 'large'
      ? { ...trial, result: { status: 'not-applicable', reason: 'too small' } as const }
      : trial,
  );

  it('are passed over and counted', () => {
    const entry =
      '{text: x, metric: figures.pagesPerIo, of: {blockSize: 4KiB}, relation: equal, value: 1}';
    const file = experimentFile(`${WITHOUT_EXPECT}expect: [${entry}]\n`);

    expect(checkExpectations(file, absent)).toEqual([
      { text: 'x', holds: true, found: 'all 4: 1 is equal to 1; 4 not applicable' },
    ]);
  });

  it('leave nothing to hold when they are all there is', () => {
    const entry = '{text: x, metric: iops, of: {layout: large}, relation: greater, value: 0}';
    const file = experimentFile(`${WITHOUT_EXPECT}expect: [${entry}]\n`);

    expect(checkExpectations(file, absent)).toEqual([
      { text: 'x', holds: false, found: 'none of the trials meant could run on its layout' },
    ]);
  });
});

it('an experiment that expects nothing has nothing to check', () => {
  expect(checkExpectations(experimentFile(WITHOUT_EXPECT), trials)).toEqual([]);
});
