/** What of a calibration is looked at. */
export const VIEWS = ['fit', 'prices', 'rows', 'predict', 'about'] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_TITLES: Readonly<Record<View, string>> = {
  fit: 'Fit',
  prices: 'Prices',
  rows: 'Rows',
  predict: 'Predict',
  about: 'Provenance',
};

/** Where this page stands. */
export type Place = {
  /** Id of the model that is looked at, such as `my-epyc@2`; null for none. */
  readonly model: string | null;
  readonly view: View;
  /** Id of the measurement table that is predicted; null for none. */
  readonly table: string | null;
};

export const START: Place = { model: null, view: 'fit', table: null };

/** What can be looked at of a model; only one that was fitted here has a fit, prices and rows of it. */
export function viewsOf(isFitted: boolean): readonly View[] {
  return isFitted ? VIEWS : ['about', 'predict'];
}

/** The view that is shown: what was chosen, or the first there is. */
export function shownView(view: View, isFitted: boolean): View {
  const views = viewsOf(isFitted);
  return views.includes(view) ? view : (views[0] ?? view);
}

/** Whether a word names a view. */
export function isView(word: unknown): word is View {
  return VIEWS.some((view) => view === word);
}

type Query = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>;

function named(word: Query[string]): string | null {
  return typeof word === 'string' && word !== '' ? word : null;
}

/** A place as the query of an address. */
export function queryFromPlace({ model, view, table }: Place): Record<string, string> {
  return {
    ...(model === null ? {} : { model }),
    ...(view === START.view ? {} : { view }),
    ...(table === null ? {} : { table }),
  };
}

/** Reads back what `queryFromPlace` wrote; null for an address that names nothing. */
export function placeFromQuery(query: Query): Place | null {
  const [model, view, table] = [query['model'], query['view'], query['table']].map(named);
  if (model === null && !isView(view)) return null;
  return { model: model ?? null, view: isView(view) ? view : START.view, table: table ?? null };
}
