import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply, RunDocument, TrialDetail } from '#contract';
import { useLab } from '../lab-access.ts';

/** One trial of one run. */
export type TrialAddress = { readonly runId: string; readonly trialId: string };

/** A detail is some 300 KB: this many are kept, the latest read. */
const MOST_DETAILS = 240;
/** Requests that are under way at the same time. */
const MOST_AT_ONCE = 4;

/** Under what `details` has a trial. */
export function detailKey({ runId, trialId }: TrialAddress): string {
  return `${runId}:${trialId}`;
}

const DONE: Reply<null> = { ok: true, value: null };

/** The runs that are compared, with everything of them that has been read. */
export const useCompareStore = defineStore('compare', () => {
  const lab = useLab();
  const runIds = shallowRef<readonly string[]>([]);
  const documents = shallowRef<ReadonlyMap<string, RunDocument>>(new Map());
  const details = shallowRef<ReadonlyMap<string, TrialDetail>>(new Map());
  /** What the others are compared with: a run, or a strategy of the only run. Null: the first. */
  const baselineId = shallowRef<string | null>(null);
  const selectedIds = shallowRef<ReadonlySet<string>>(new Set());
  const isLoading = shallowRef(false);
  const reading = new Map<string, Promise<Reply<null>>>();

  /** The documents of the chosen runs that have been read, in the order of choice. */
  const runs = computed(() =>
    runIds.value.flatMap((id) => {
      const document = documents.value.get(id);
      return document === undefined ? [] : [document];
    }),
  );

  async function readRun(id: string): Promise<Reply<null>> {
    const reply = await lab.readRun({ id });
    if (!reply.ok) return reply;
    documents.value = new Map(documents.value).set(id, reply.value);
    return DONE;
  }

  /**
   * Chooses what is compared, and reads it. A run that cannot be read is left out, and the first
   * failure answered.
   */
  async function choose(ids: readonly string[]): Promise<Reply<null>> {
    const unique = [...new Set(ids)];
    const isSame =
      unique.length === runIds.value.length && unique.every((id, at) => id === runIds.value[at]);
    if (!isSame) {
      runIds.value = unique;
      baselineId.value = null;
      selectedIds.value = new Set();
    }
    // Documents of runs that left are let go; finished ones never change.
    documents.value = new Map(
      [...documents.value].filter(
        ([id, { status }]) => unique.includes(id) && status !== 'running',
      ),
    );
    const missing = unique.filter((id) => !documents.value.has(id));
    isLoading.value = missing.length > 0;
    const replies = await Promise.all(missing.map(readRun));
    isLoading.value = false;
    return replies.find(({ ok }) => !ok) ?? DONE;
  }

  /** Reads a chosen run again, after it went on. */
  function refresh(id: string): Promise<Reply<null>> {
    return runIds.value.includes(id) ? readRun(id) : Promise.resolve(DONE);
  }

  function keepDetail(key: string, detail: TrialDetail): void {
    const kept = new Map(details.value).set(key, detail);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_DETAILS) break;
      kept.delete(oldest);
    }
    details.value = kept;
  }

  async function readDetail(address: TrialAddress): Promise<Reply<null>> {
    const reply = await lab.readTrial({ ...address });
    if (!reply.ok) return reply;
    keepDetail(detailKey(address), reply.value);
    return DONE;
  }

  function readOnce(address: TrialAddress): Promise<Reply<null>> {
    const key = detailKey(address);
    if (details.value.has(key)) return Promise.resolve(DONE);
    const known = reading.get(key);
    if (known !== undefined) return known;
    const started = readDetail(address).finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  }

  /** Reads the distributions of trials, each once. Answers the first failure. */
  async function readDetails(addresses: readonly TrialAddress[]): Promise<Reply<null>> {
    const waiting = [...addresses];
    const failures: Reply<null>[] = [];
    async function work(): Promise<void> {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const reply = await readOnce(next);
        if (!reply.ok) failures.push(reply);
      }
    }
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
    return failures[0] ?? DONE;
  }

  function chooseBaseline(id: string): void {
    baselineId.value = id;
  }
  function select(ids: Iterable<string>): void {
    selectedIds.value = new Set(ids);
  }

  return {
    runIds,
    runs,
    baselineId,
    selectedIds,
    isLoading,
    details,
    choose,
    refresh,
    readDetails,
    chooseBaseline,
    select,
  };
});
