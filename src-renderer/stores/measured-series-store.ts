import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { FioDocument, Reply } from '#contract';
import { useLab } from '../lab-access.ts';
import {
  measuredSeriesOf,
  measurementOfSeries,
  tellingSeries,
} from '../measured-series/measured-series.ts';
import type { MeasuredSeries } from '../measured-series/measured-series.ts';

/** A measurement as it is named here. */
type Source = { readonly id: string; readonly name: string };

const DONE: Reply<null> = { ok: true, value: null };

/** Which series of fio stand beside the simulated ones; kept while other pages are open. */
export const useMeasuredSeriesStore = defineStore('measured-series', () => {
  const lab = useLab();
  const documents = shallowRef<ReadonlyMap<string, FioDocument>>(new Map());
  const chosenIds = shallowRef<readonly string[]>([]);
  const sourceIds = computed(() => new Set(chosenIds.value.map(measurementOfSeries)));

  async function read(id: string): Promise<Reply<null>> {
    if (documents.value.has(id)) return DONE;
    const reply = await lab.readMeasurement({ id });
    if (!reply.ok) return reply;
    const { document } = reply.value;
    if (document.kind === 'fio') documents.value = new Map(documents.value).set(id, document);
    return DONE;
  }

  /** Reads the results of fio of these measurements, each once. Answers the first failure. */
  async function readAll(ids: readonly string[]): Promise<Reply<null>> {
    const replies = await Promise.all(ids.map(read));
    return replies.find(({ ok }) => !ok) ?? DONE;
  }

  /** The series of measurements that have been read. */
  function seriesOf(sources: readonly Source[]): readonly MeasuredSeries[] {
    return sources.flatMap((source) => {
      const document = documents.value.get(source.id);
      return document === undefined ? [] : measuredSeriesOf(source, document);
    });
  }

  function choose(ids: readonly string[]): void {
    chosenIds.value = [...new Set(ids)];
  }

  /** Reads a measurement and shows what tells most of it, beside what is shown already. */
  async function show(source: Source): Promise<Reply<null>> {
    const reply = await read(source.id);
    if (!reply.ok || sourceIds.value.has(source.id)) return reply;
    const ids = tellingSeries(seriesOf([source])).map(({ id }) => id);
    choose([...chosenIds.value, ...ids]);
    return reply;
  }

  return { chosenIds, sourceIds, readAll, seriesOf, choose, show };
});
