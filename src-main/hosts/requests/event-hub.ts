import type { LabEventName, LabEventPayload } from '#contract';

/** One event as it is told to the windows. */
export type LabEvent = {
  readonly [Name in LabEventName]: {
    readonly name: Name;
    readonly payload: LabEventPayload<Name>;
  };
}[LabEventName];

/** Tells the windows what happened, each kind of news a few times a second at most. */
export type EventHub = {
  /** @returns What ends the subscription. */
  readonly subscribe: (listener: (event: LabEvent) => void) => () => void;
  /** Tells it at once. */
  readonly tell: (event: LabEvent) => void;
  /** Tells it soon. Of several with the same key only the last is told. */
  readonly tellSoon: (key: string, event: LabEvent) => void;
  /** Forgets what was to be told under a key. */
  readonly forget: (key: string) => void;
  readonly close: () => void;
};

/** Between two rounds of news. Unit: milliseconds. */
export const NEWS_INTERVAL_MS = 250;

/** A hub without listeners. */
export function createEventHub(): EventHub {
  const listeners = new Set<(event: LabEvent) => void>();
  const waiting = new Map<string, LabEvent>();
  let timer: NodeJS.Timeout | null = null;

  const tell = (event: LabEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const tellWaiting = (): void => {
    timer = null;
    const events = [...waiting.values()];
    waiting.clear();
    events.forEach(tell);
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell,
    tellSoon: (key, event) => {
      waiting.set(key, event);
      timer ??= setTimeout(tellWaiting, NEWS_INTERVAL_MS);
    },
    forget: (key) => void waiting.delete(key),
    close: () => {
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}
