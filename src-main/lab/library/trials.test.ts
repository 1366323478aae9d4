import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALLOCATION_SOURCES, createLedger, LATENCY_PHASES, recordFromKeys } from '#core';
import type { EncodedHistogram } from '#core';
import type { StoredTrial } from '#contract';
import { connect } from './connection.ts';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';
import { systemProcesses } from './process-identity.ts';
import { createRuns } from './runs.ts';
import { exampleRun, exampleTrial, inapplicableTrial } from './testing/records.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';
import { createTrials } from './trials.ts';

let folder: ReturnType<typeof createTemporaryFolder>;
let library: Library;
let runId: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  library = openLibrary(`${folder.path}/library.db`);
  runId = library.startRun(exampleRun(library.createSession('night').id)).id;
});
afterEach(() => {
  library.close();
  folder.remove();
});

/** The bits of every number, so that 0 and -0, and every NaN, are told apart. */
function bitsOf(numbers: Float64Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('hex');
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 });
const whole = fc.maxSafeNat();

const histogram: fc.Arbitrary<EncodedHistogram> = fc
  .record({
    entries: fc.uniqueArray(fc.tuple(fc.nat(37_887), fc.integer({ min: 1, max: 2 ** 40 })), {
      selector: ([index]) => index,
      maxLength: 20,
    }),
    count: whole,
    sumPs: finite,
    minPs: whole,
    maxPs: finite,
  })
  .map(({ entries, ...totals }) => {
    const sorted = entries.toSorted(([left], [right]) => left - right);
    return {
      indices: Uint32Array.from(sorted, ([index]) => index),
      counts: Float64Array.from(sorted, ([, count]) => count),
      ...totals,
    };
  });

const allocation = fc.record({
  source: fc.constantFrom(...ALLOCATION_SOURCES),
  count: whole,
  bytes: whole,
  peakBytes: whole,
});

/** Trials that differ from the example in all that was measured. */
const finishedTrial: fc.Arbitrary<StoredTrial> = fc
  .record({
    histograms: fc.array(histogram, {
      minLength: LATENCY_PHASES.length,
      maxLength: LATENCY_PHASES.length,
    }),
    // Any bit pattern at all.
    cells: fc.array(fc.double(), { maxLength: createLedger().length }),
    allocations: fc.array(allocation, { maxLength: 5 }),
    samples: whole,
    spanNs: finite,
    iops: finite,
    cpuNsPerIo: finite,
    name: fc.string({ unit: 'binary' }),
  })
  .map(({ histograms, cells, name, ...measured }) => {
    const { parameters, result } = exampleTrial(0);
    if (result.status !== 'done') throw new Error('the example is done');
    const ledger = createLedger();
    ledger.set(cells);
    const latency = recordFromKeys(LATENCY_PHASES, (_, index) => {
      const found = histograms[index];
      if (found === undefined) throw new Error('one histogram for each phase');
      return found;
    });
    return {
      parameters: { ...parameters, layoutName: name },
      result: { ...result, ...measured, latency, ledger },
    };
  });

describe('a trial', () => {
  it('is read as it was stored, to the last bit', () => {
    fc.assert(
      fc.property(finishedTrial, (stored) => {
        const { id } = library.startRun(exampleRun(library.findOrCreateSession('night').id));
        library.appendTrials(id, [stored]);
        const [read] = library.trials(id);
        library.endRun(id, { status: 'finished', expectations: [] });
        expect(read).toEqual(stored);
        if (read?.result.status !== 'done' || stored.result.status !== 'done') throw new Error();
        expect(bitsOf(read.result.ledger)).toBe(bitsOf(stored.result.ledger));
      }),
    );
  });

  it('says why it is not applicable', () => {
    const stored = inapplicableTrial(0);
    library.appendTrials(runId, [stored]);
    expect([...library.trials(runId)]).toEqual([stored]);
  });

  it('is there once', () => {
    library.appendTrials(runId, [exampleTrial(0)]);
    const sentence = `Run ${runId} has a trial digest-0, or another in place 0, already.`;
    expect(() => library.appendTrials(runId, [exampleTrial(0)])).toThrow(sentence);
    const { parameters, result } = exampleTrial(1);
    const elsewhere: StoredTrial = { parameters: { ...parameters, id: 'digest-0' }, result };
    expect(() => library.appendTrials(runId, [elsewhere])).toThrow('already');
    expect(library.findRun(runId)?.finishedTrials).toBe(1);
  });

  it('is stored in no part when one of its group is refused', () => {
    const { parameters, result } = exampleTrial(1);
    if (result.status !== 'done') throw new Error('the example is done');
    const broken: StoredTrial = { parameters, result: { ...result, iops: Number.NaN } };
    expect(() => library.appendTrials(runId, [exampleTrial(0), broken])).toThrow(
      'Trial digest-1 has iops NaN; only finite numbers can be stored.',
    );
    expect([...library.trials(runId)]).toEqual([]);
    expect(library.findRun(runId)?.finishedTrials).toBe(0);
    library.appendTrials(runId, [exampleTrial(0)]);
    expect(library.findRun(runId)?.finishedTrials).toBe(1);
  });

  it('may have the id of a trial of another run', () => {
    const second = library.startRun(exampleRun(library.findOrCreateSession('night').id)).id;
    library.appendTrials(runId, [exampleTrial(0)]);
    library.appendTrials(second, [exampleTrial(0)]);
    expect([...library.trials(second)]).toEqual([exampleTrial(0)]);
  });

  it('that the disk has no room for is refused with a sentence, and those before it stay', () => {
    const connection = connect(library.path, {});
    const processes = systemProcesses();
    const context = { connection, clock: () => new Date(), processes, holder: 'the test' };
    const { startRun } = createRuns(context);
    const { appendTrials, trials } = createTrials(context);
    const { id } = startRun(exampleRun(library.findOrCreateSession('night').id));
    appendTrials(id, [exampleTrial(0)]);
    const pages = Number(connection.database.pragma('page_count', { simple: true }));
    connection.database.pragma(`max_page_count = ${pages + 4}`);
    const many = Array.from({ length: 20 }, (_, place) => exampleTrial(place + 1));
    expect(() => appendTrials(id, many)).toThrow(
      `The library ${library.path} cannot grow: the disk is full; what was stored before is safe.`,
    );
    expect([...trials(id)]).toEqual([exampleTrial(0)]);
    connection.database.pragma('max_page_count = 1000000');
    appendTrials(id, many);
    expect([...trials(id)]).toHaveLength(21);
    connection.database.close();
  });
});

describe('the trials of a run', () => {
  const positions = (): number[] =>
    [...library.trials(runId)].map(({ parameters }) => parameters.position);

  it('come in the order of the plan, however they were stored', () => {
    const shuffled = Array.from({ length: 50 }, (_, place) => (place * 37) % 50);
    for (let start = 0; start < 50; start += 7) {
      const group = shuffled.slice(start, start + 7);
      library.appendTrials(
        runId,
        group.map((place) => exampleTrial(place)),
      );
    }
    expect(positions()).toEqual(Array.from({ length: 50 }, (_, place) => place));
    expect(library.findRun(runId)?.finishedTrials).toBe(50);
    expect(library.trialIds(runId)).toEqual(new Set(shuffled.map((place) => `digest-${place}`)));
  });

  it('can be gone through while more are stored, and given up halfway', () => {
    const group = (start: number) =>
      Array.from({ length: 40 }, (_, place) => exampleTrial(start + place));
    library.appendTrials(runId, group(0));
    const reading = library.trials(runId);
    reading.next();
    library.appendTrials(runId, group(40));
    reading.next();
    library.setRunNotes(runId, 'still writable');
    expect([...reading]).toHaveLength(78);
  });

  it('are none for a run that has none', () => {
    expect(positions()).toEqual([]);
    expect(library.trialIds(runId)).toEqual(new Set());
  });

  it('do not change, not even past the library', () => {
    library.appendTrials(runId, [exampleTrial(0)]);
    const { database } = connect(library.path, {});
    for (const change of [
      'UPDATE trials SET iops = 1',
      'UPDATE histograms SET count = 1',
      "UPDATE counters SET ledger = x''",
      'UPDATE allocations SET count = 1',
    ]) {
      expect(() => database.exec(change)).toThrow('does not change');
    }
    database.close();
  });

  it('of a newer record version are refused with a sentence', () => {
    library.appendTrials(runId, [exampleTrial(0)]);
    const { database } = connect(library.path, {});
    database.exec('DROP TRIGGER trials_do_not_change; UPDATE trials SET record_version = 99');
    database.close();
    expect(() => [...library.trials(runId)]).toThrow('A trial has record version 99');
  });
});
