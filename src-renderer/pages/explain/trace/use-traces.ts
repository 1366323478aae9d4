import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useRoute } from 'vue-router';
import { guessTracedIo } from '#contract';
import type { CallTraceDocument, CallTracePart, MeasurementRecord } from '#contract';
import { explainTraceFrom } from '../../../routes.ts';
import { useLab } from '../../../lab-access.ts';
import { useLibraryStore } from '../../../stores/library-store.ts';
import { useNoticesStore } from '../../../stores/notices-store.ts';
import type { PlaceOfPage } from '../use-place.ts';
import { questionFromTracedIo } from './traced-question.ts';

/** The imported trace that stands beside the model. */
export type TraceOnPage = {
  /** Imported traces, the latest first. */
  readonly records: ComputedRef<readonly MeasurementRecord[]>;
  /** Null while none is chosen or it is being read. */
  readonly document: ShallowRef<CallTraceDocument | null>;
  readonly choose: (id: string) => void;
  /** Asks about the I/O that a part most likely shows; says so where nothing is known of it. */
  readonly askAbout: (part: CallTracePart) => void;
};

/** Reads the trace that the place names, and asks about what it shows where the address asks nothing. */
export function useTraces({ place, ask, go }: PlaceOfPage): TraceOnPage {
  const route = useRoute();
  const lab = useLab();
  const library = useLibraryStore();
  const notices = useNoticesStore();
  const document = shallowRef<CallTraceDocument | null>(null);
  /** The trace whose question is asked as soon as it has been read. */
  let waitingId: string | null = null;

  const records = computed(() =>
    library.measurements
      .filter(({ kind, deletedAt }) => kind === 'function-graph' && deletedAt === null)
      .toSorted((one, other) => other.importedAt.localeCompare(one.importedAt)),
  );

  function askAbout(part: CallTracePart): void {
    const io = guessTracedIo(part);
    if (io === null) {
      notices.warn(
        'This trace takes no reference: nothing is known of its I/O. Ask about it at the left.',
      );
      return;
    }
    ask(questionFromTracedIo(io, place.value.question.costModel));
  }

  async function read(id: string): Promise<void> {
    const reply = await lab.readMeasurement({ id });
    if (id !== place.value.trace) return;
    if (!notices.report(reply) || reply.value.document.kind !== 'function-graph') {
      go({ trace: null });
      return;
    }
    document.value = reply.value.document;
    const [part] = reply.value.document.parts;
    if (waitingId === id && part !== undefined) askAbout(part);
    waitingId = null;
  }

  function choose(id: string): void {
    waitingId = id;
    go({ trace: id });
  }

  watch(
    () => (route.name === 'explain' ? explainTraceFrom(route.query) : null),
    (id) => {
      if (id === null) return;
      const isOpen = id === place.value.trace;
      choose(id);
      go({ view: 'trace' });
      if (isOpen) void read(id);
    },
    { immediate: true },
  );
  watch(
    () => place.value.trace,
    (id) => {
      document.value = null;
      if (id !== null) void read(id);
    },
    { immediate: true },
  );
  return { records, document, choose, askAbout };
}
