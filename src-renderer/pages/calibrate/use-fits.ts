import { computed, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { costModelReference, MEASURED_EXAMPLES } from '#contract';
import type { MeasuredExampleId } from '#contract';
import { useLab } from '../../lab-access.ts';
import { calibrateLocation, calibrateMeasurementFrom } from '../../routes.ts';
import { useCalibrateStore } from '../../stores/calibrate-store.ts';
import { useCatalogueStore } from '../../stores/catalogue-store.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { measurementGroups, waitReason } from './model/fit-form.ts';

/** Filling in and fitting: the left side of the page. */
export function useFits(show: (model: string) => void) {
  const lab = useLab();
  const route = useRoute();
  const router = useRouter();
  const store = useCalibrateStore();
  const library = useLibraryStore();
  const catalogue = useCatalogueStore();
  const notices = useNoticesStore();
  const groups = computed(() => measurementGroups(library.measurements, library.sessionsById));
  const models = computed(() => catalogue.catalogue?.costModels ?? []);
  const canCalibrate = computed(
    () => !store.isFitting && waitReason(store.form, models.value) === null,
  );

  /** What is gone or in the trash is not fitted to. */
  function forgetGone(): void {
    if (!library.isLoaded) return;
    const offered = new Set(
      groups.value.flatMap(({ measurements }) => measurements.map(({ id }) => id)),
    );
    const left = store.form.measurementIds.filter((id) => offered.has(id));
    if (left.length < store.form.measurementIds.length) store.fill({ measurementIds: left });
  }

  async function importExample(id: MeasuredExampleId): Promise<void> {
    const reply = await lab.importExample({ id });
    if (!notices.report(reply) || !notices.report(await library.load())) return;
    const { title, fittedFiles } = MEASURED_EXAMPLES[id];
    const fitted = reply.value.filter(({ fileName }) => fittedFiles.includes(fileName));
    const name = store.form.name === '' ? id : store.form.name;
    store.fill({ measurementIds: fitted.map((record) => record.id), name });
    notices.say(`The measurements of ${title} are in the session ${id}.`);
  }

  async function calibrate(): Promise<void> {
    const fitted = await store.calibrate();
    if (fitted === null) return;
    const id = costModelReference(fitted.reference);
    notices.report(await catalogue.load());
    const sentence = fitted.isNew
      ? `The model is in the library as ${id}.`
      : `The library has these prices already: ${id}.`;
    if (route.name === 'calibrate') {
      show(id);
      notices.say(sentence);
      return;
    }
    const run = (): unknown => router.push(calibrateLocation({ kind: 'model', costModel: id }));
    notices.say(sentence, { title: 'Show', run });
  }

  watch(groups, forgetGone);
  watch(
    () => (route.name === 'calibrate' ? calibrateMeasurementFrom(route.query) : null),
    (id) => {
      const { measurementIds } = store.form;
      if (id === null || measurementIds.includes(id)) return;
      store.fill({ measurementIds: [...measurementIds, id] });
    },
    { immediate: true },
  );
  return { groups, models, canCalibrate, importExample, calibrate };
}
