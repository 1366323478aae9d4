import type { ImportedFile, LabBridge, MeasurementRecord, Reply } from '#contract';
import { measurementRemarks } from '#contract';
import { answering } from './answering.ts';
import { done, notFound } from './memory-library.ts';
import type { SampleMeasurement } from './sample-measurement.ts';

type Measuring = Pick<
  LabBridge,
  | 'importFile'
  | 'importExample'
  | 'listMeasurements'
  | 'readMeasurement'
  | 'renameMeasurement'
  | 'saveCostModel'
>;

/** Measurements in memory, and the requests about them. */
export type MemoryMeasurements = {
  readonly requests: Measuring;
  readonly has: (id: string) => boolean;
  readonly change: (id: string, change: Partial<MeasurementRecord>) => Reply<null>;
  readonly purge: (id: string) => Reply<null>;
};

/**
 * Keeps measurements in memory. What is imported is always the first of them that the library does not
 * show, whatever the file is called.
 *
 * @param initial   What is there to begin with.
 * @param arriving  What comes with files, in turn.
 * @param example   What comes with the laboratory.
 */
export function createMemoryMeasurements(
  initial: readonly SampleMeasurement[] = [],
  arriving: readonly SampleMeasurement[] = [],
  changed: () => void = () => undefined,
  example: readonly SampleMeasurement[] = [],
): MemoryMeasurements {
  const kept = new Map(initial.map((each) => [each.record.id, each]));

  function change(id: string, changes: Partial<MeasurementRecord>): Reply<null> {
    const found = kept.get(id);
    if (found === undefined) return notFound('measurement');
    kept.set(id, { ...found, record: { ...found.record, ...changes } });
    changed();
    return done;
  }

  function importFile(fileName: string): ImportedFile {
    const next = arriving.find(({ record }) => !kept.has(record.id)) ?? arriving.at(0);
    if (next === undefined) {
      return { kind: 'refused', fileName, problems: [`${fileName}: this cannot be imported.`] };
    }
    const isKnown = kept.has(next.record.id);
    if (!isKnown) kept.set(next.record.id, next);
    changed();
    return {
      kind: 'measurement',
      record: next.record,
      outcome: isKnown ? 'known' : 'added',
      ...measurementRemarks(next.document),
    };
  }

  function importExample(): readonly MeasurementRecord[] {
    for (const each of example) kept.set(each.record.id, kept.get(each.record.id) ?? each);
    changed();
    return example.map(({ record }) => record);
  }

  return {
    change,
    has: (id) => kept.has(id),
    purge: (id) => {
      if (!kept.delete(id)) return notFound('measurement');
      changed();
      return done;
    },
    requests: {
      importFile: answering(({ upload }) => ({
        ok: true,
        value: importFile(upload ?? 'measured.csv'),
      })),
      importExample: answering(() => ({ ok: true, value: importExample() })),
      listMeasurements: answering(() => ({
        ok: true,
        value: [...kept.values()].map(({ record }) => record),
      })),
      readMeasurement: answering(({ id }) => {
        const found = kept.get(id);
        return found === undefined ? notFound('measurement') : { ok: true, value: found };
      }),
      renameMeasurement: answering(({ id, name }) => {
        const reply = change(id, { name });
        const record = kept.get(id)?.record;
        if (!reply.ok) return reply;
        return record === undefined ? notFound('measurement') : { ok: true, value: record };
      }),
      saveCostModel: answering(({ id }) => ({
        ok: true,
        value: { kind: 'saved', path: `/home/user/${id}.json` },
      })),
    },
  };
}
