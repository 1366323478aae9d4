import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router';
import type { IconName } from './components/icon-paths.ts';

/** A page of the window, in the order of the navigation. */
export type PageName =
  'library' | 'design' | 'run' | 'compare' | 'explain' | 'validate' | 'calibrate' | 'race';
export type PageDescription = {
  readonly name: PageName;
  readonly title: string;
  readonly icon: IconName;
  readonly shortcut: string;
  /** Path pattern of vue-router. */
  readonly path: string;
};

export const PAGES: readonly PageDescription[] = [
  { name: 'library', title: 'Library', icon: 'library', shortcut: 'G L', path: '/library' },
  { name: 'design', title: 'Design', icon: 'design', shortcut: 'G D', path: '/design' },
  { name: 'run', title: 'Run', icon: 'run', shortcut: 'G R', path: '/run/:runId?' },
  { name: 'compare', title: 'Compare', icon: 'compare', shortcut: 'G C', path: '/compare' },
  { name: 'explain', title: 'Explain', icon: 'explain', shortcut: 'G E', path: '/explain' },
  { name: 'validate', title: 'Validate', icon: 'validate', shortcut: 'G V', path: '/validate' },
  { name: 'calibrate', title: 'Calibrate', icon: 'calibrate', shortcut: 'G B', path: '/calibrate' },
  { name: 'race', title: 'Race', icon: 'race', shortcut: 'G A', path: '/race' },
];

type PageLoader = NonNullable<RouteRecordRaw['component']>;

/** The pages that exist, with their loaders: a page is offered when its folder has an index.vue. */
export function routesFrom(loaders: Readonly<Record<string, PageLoader>>): {
  readonly pages: readonly PageDescription[];
  readonly routes: RouteRecordRaw[];
} {
  const present = PAGES.flatMap((page) => {
    const component = loaders[`./pages/${page.name}/index.vue`];
    return component === undefined ? [] : [{ page, component }];
  });
  return {
    pages: present.map(({ page }) => page),
    routes: [
      ...present.map(({ page, component }) => ({ name: page.name, path: page.path, component })),
      { path: '/:rest(.*)*', redirect: '/library' },
    ],
  };
}

/** Where the design of a new experiment begins. */
export type DesignStart =
  | { readonly kind: 'draft' }
  | { readonly kind: 'new' }
  | { readonly kind: 'file' }
  | { readonly kind: 'catalogue'; readonly experimentId: string }
  | { readonly kind: 'run'; readonly runId: string };

/** The Design page, with what it should begin from; see `designStartFrom`. */
export function designLocation(start: DesignStart): RouteLocationRaw {
  switch (start.kind) {
    case 'draft':
      return { name: 'design' };
    case 'new':
      return { name: 'design', query: { start: 'new' } };
    case 'file':
      return { name: 'design', query: { start: 'file' } };
    case 'catalogue':
      return { name: 'design', query: { experiment: start.experimentId } };
    case 'run':
      return { name: 'design', query: { run: start.runId } };
  }
}

type Query = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>;

function single(value: Query[string]): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Reads back what `designLocation` wrote. */
export function designStartFrom(query: Query): DesignStart {
  const experimentId = single(query['experiment']);
  if (experimentId !== null) return { kind: 'catalogue', experimentId };
  const runId = single(query['run']);
  if (runId !== null) return { kind: 'run', runId };
  const start = single(query['start']);
  return start === 'new' || start === 'file' ? { kind: start } : { kind: 'draft' };
}

/** The Library page; with `opensFile`, it asks for a session file at once. */
export function libraryLocation(opensFile: boolean): RouteLocationRaw {
  return { name: 'library', query: opensFile ? { open: 'session-file' } : {} };
}

/** Reads back the `opensFile` of `libraryLocation`. */
export function opensFileFrom(query: Query): boolean {
  return query['open'] === 'session-file';
}

/** The Run page, at one run or, with null, at the running one or the latest. */
export function runLocation(runId: string | null): RouteLocationRaw {
  return { name: 'run', params: runId === null ? {} : { runId } };
}

/** The Compare page with these runs; the first is the baseline unless another is chosen there. */
export function compareLocation(runIds: readonly string[]): RouteLocationRaw {
  return { name: 'compare', query: runIds.length === 0 ? {} : { runs: runIds.join(',') } };
}

/** Reads back the runs of `compareLocation`. */
export function compareRunsFrom(query: Query): readonly string[] {
  return single(query['runs'])?.split(',') ?? [];
}

/** The Explain page at one trial of a run, or free. */
export function explainLocation(
  trial: { readonly runId: string; readonly trialId: string } | null,
): RouteLocationRaw {
  return {
    name: 'explain',
    query: trial === null ? {} : { run: trial.runId, trial: trial.trialId },
  };
}

/** The Explain page with an imported trace beside the model. */
export function explainTraceLocation(measurementId: string): RouteLocationRaw {
  return { name: 'explain', query: { trace: measurementId } };
}

/** Reads back the trace of `explainTraceLocation`; null where an I/O is asked about as well. */
export function explainTraceFrom(query: Query): string | null {
  return single(query['layout']) === null ? single(query['trace']) : null;
}

/** Reads back the trial of `explainLocation`. */
export function explainTrialFrom(
  query: Query,
): { readonly runId: string; readonly trialId: string } | null {
  const runId = single(query['run']);
  const trialId = single(query['trial']);
  return runId === null || trialId === null ? null : { runId, trialId };
}

/** What the Calibrate page should begin with: a measurement to fit to, or a cost model to look at. */
export type CalibrateStart =
  | { readonly kind: 'measurement'; readonly measurementId: string }
  | { readonly kind: 'model'; readonly costModel: string };

/** The Calibrate page. */
export function calibrateLocation(start: CalibrateStart): RouteLocationRaw {
  const query =
    start.kind === 'model' ? { model: start.costModel } : { measurement: start.measurementId };
  return { name: 'calibrate', query };
}

/** Reads back the measurement of `calibrateLocation`. */
export function calibrateMeasurementFrom(query: Query): string | null {
  return single(query['measurement']);
}
