import { createApp } from 'vue';
import { createPinia, setActivePinia } from 'pinia';
import type { LabBridge } from '#contract';
import { provideLab } from '../lab-access.ts';

/** Lets the stores of a test, which has no window, reach a laboratory. */
export function useStoresOver(lab: LabBridge): void {
  const application = createApp({});
  provideLab(application, lab);
  const pinia = createPinia();
  application.use(pinia);
  setActivePinia(pinia);
}
