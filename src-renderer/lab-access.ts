import { inject } from 'vue';
import type { App, InjectionKey } from 'vue';
import type { LabBridge } from '#contract';

const labKey: InjectionKey<LabBridge> = Symbol('lab');

/** Gives every store and component of an application its way to the laboratory. */
export function provideLab(application: App, lab: LabBridge): void {
  application.provide(labKey, lab);
}

/**
 * The laboratory, inside a store or a component's setup.
 *
 * Stores take it from here and not from the bridge, so that a test gives them one of its own.
 */
export function useLab(): LabBridge {
  const lab = inject(labKey, null);
  if (lab === null) throw new Error('This application was given no laboratory.');
  return lab;
}
