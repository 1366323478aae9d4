/** How the calls of an I/O are drawn: as a tree, a flame graph, or the chain of the 2024 talk. */
export const CALLS_AS = ['calls', 'flame', 'chain'] as const;
export type CallsAs = (typeof CALLS_AS)[number];

/** Whether a view of the page is one of the calls. */
export function isCallsView(view: string): view is CallsAs {
  return CALLS_AS.some((known) => known === view);
}
