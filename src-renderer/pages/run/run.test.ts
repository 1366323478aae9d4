import { describe, expect, it } from 'vitest';
import type { RunProgress, RunRecord } from '#contract';
import { repeatTitle } from '../../components/run-status.ts';
import { sampleId, sampleRun } from '../../testing/lab-contents.ts';
import { queueOfRuns, runToShow } from './run-queue.ts';
import { runSentence } from './run-words.ts';
import { MOST_SAMPLES, sparklinePoints, withSample } from './sparkline.ts';
import type { Sample } from './sparkline.ts';

const ALONE = { before: 0, isCancelling: false };

function runningRun(index: number, fields: Partial<RunRecord> = {}): RunRecord {
  return sampleRun({
    id: sampleId('run', index),
    status: 'running',
    startedAt: `2026-03-01T10:0${index}:00.000Z`,
    endedAt: null,
    finishedTrials: 0,
    ...fields,
  });
}

function progressOf(run: RunRecord, fields: Partial<RunProgress> = {}): [string, RunProgress] {
  const nothing = { finishedTrials: 0, plannedTrials: 12, iosPerSecond: 0, remainingSeconds: null };
  return [run.id, { runId: run.id, ...nothing, ...fields }];
}

describe('the queue', () => {
  const [first, second, third] = [runningRun(1), runningRun(2), runningRun(3)];

  it('has one run under way and the others behind it, in the order they were asked for', () => {
    const progress = new Map([progressOf(second), progressOf(first, { iosPerSecond: 8e6 })]);
    const queue = queueOfRuns([third, second, first], progress);

    expect(queue).toEqual({ running: [first], waiting: [second, third], ended: [] });
  });

  it('takes the first for running before anything is told', () => {
    const { running, waiting } = queueOfRuns([second, first], new Map([progressOf(first)]));

    expect(running).toEqual([first]);
    expect(waiting).toEqual([second]);
  });

  it('knows a run of another program by its finished trials', () => {
    const other = runningRun(2, { finishedTrials: 3 });

    expect(queueOfRuns([other, first], new Map()).running).toEqual([other]);
  });

  it('shows the latest ended runs, and none from the trash', () => {
    const ended = [4, 6, 5].map((minute) =>
      runningRun(minute, { status: 'finished', endedAt: '2026-03-01T11:00:00.000Z' }),
    );
    const trashed = runningRun(7, { status: 'failed', deletedAt: '2026-03-01T11:00:00.000Z' });
    const queue = queueOfRuns([...ended, trashed], new Map());

    expect(queue.ended.map(({ startedAt }) => startedAt.slice(14, 16))).toEqual(['06', '05', '04']);
    expect(runToShow(queue)).toBe(ended[1]);
  });

  it('shows the running one first', () => {
    expect(runToShow(queueOfRuns([sampleRun(), first], new Map()))).toBe(first);
    expect(runToShow(queueOfRuns([], new Map()))).toBeUndefined();
  });
});

describe('a run in words', () => {
  const some = { plannedTrials: 12, finishedTrials: 5 };

  it('says how long it took and what held', () => {
    const expectations = [true, false].map((holds) => ({ text: 'x', holds, found: 'y' }));

    expect(runSentence(sampleRun(), ALONE)).toBe('12 trials in 4.2 s.');
    expect(runSentence(sampleRun({ expectations }), ALONE)).toBe(
      '12 trials in 4.2 s. 1 of 2 expectations held.',
    );
    expect(runSentence(sampleRun({ expectations: expectations.slice(0, 1) }), ALONE)).toBe(
      '12 trials in 4.2 s. The expectation held.',
    );
  });

  it('says what it waits for, and what stays when it is cancelled', () => {
    const run = runningRun(1);

    expect(runSentence(run, { before: 2, isCancelling: false })).toBe(
      'Waiting for 2 runs before it.',
    );
    expect(runSentence(run, { before: 0, isCancelling: true })).toContain('Stopping.');
    expect(runSentence(sampleRun({ status: 'cancelled', ...some }), ALONE)).toBe(
      'Cancelled after 5 of 12 trials. The 5 finished trials stay in the library; "Resume" takes them over and simulates the other 7.',
    );
  });

  it('says why it did not get to its end', () => {
    expect(runSentence(sampleRun({ status: 'interrupted', ...some }), ALONE)).toContain(
      'the program that ran it ended before the run did',
    );
    expect(
      runSentence(
        sampleRun({ status: 'failed', ...some, finishedTrials: 0, failure: 'The disk is full' }),
        ALONE,
      ),
    ).toBe('The disk is full. No trial was finished.');
  });

  it('is repeated whole, or what is left of it', () => {
    expect(repeatTitle(sampleRun())).toBe('Run again');
    for (const status of ['cancelled', 'interrupted', 'failed'] as const) {
      expect(repeatTitle(sampleRun({ status, ...some }))).toBe('Resume');
    }
  });
});

describe('the sparkline', () => {
  const samples = [0, 500, 1000].map((at, index) => ({ at, value: index * 4e6 }));

  it('begins at zero and leaves room above the largest figure', () => {
    expect(sparklinePoints(samples, 100, 20)).toBe('0,20 50,12 100,4');
  });

  it('is empty before there is a line', () => {
    expect(sparklinePoints(samples.slice(0, 1), 100, 20)).toBe('');
    expect(sparklinePoints([], 100, 20)).toBe('');
  });

  it('keeps the latest samples', () => {
    let kept: readonly Sample[] = [];
    for (let at = 0; at < MOST_SAMPLES + 10; at += 1) kept = withSample(kept, { at, value: 1 });

    expect(kept).toHaveLength(MOST_SAMPLES);
    expect(kept.at(-1)?.at).toBe(MOST_SAMPLES + 9);
  });
});
