/** Consecutive virtual pages. */
export type PageSpan = { readonly first: number; readonly count: number };
