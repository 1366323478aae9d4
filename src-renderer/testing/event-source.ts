import type { LabBridge, LabEventName, LabEventPayload } from '#contract';

type Listeners = {
  readonly [Name in LabEventName]: Set<(payload: LabEventPayload<Name>) => void>;
};

/** The events of a laboratory in memory: subscriptions for the window, and a way to tell. */
export type EventSource = {
  readonly subscriptions: Pick<
    LabBridge,
    'onRunProgressed' | 'onRunEnded' | 'onLibraryChanged' | 'onMenuChosen'
  >;
  readonly tell: <Name extends LabEventName>(name: Name, payload: LabEventPayload<Name>) => void;
};

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function createEventSource(): EventSource {
  const listeners: Listeners = {
    runProgressed: new Set(),
    runEnded: new Set(),
    libraryChanged: new Set(),
    menuChosen: new Set(),
  };
  return {
    subscriptions: {
      onRunProgressed: (listener) => subscribe(listeners.runProgressed, listener),
      onRunEnded: (listener) => subscribe(listeners.runEnded, listener),
      onLibraryChanged: (listener) => subscribe(listeners.libraryChanged, listener),
      onMenuChosen: (listener) => subscribe(listeners.menuChosen, listener),
    },
    tell: (name, payload) => {
      for (const listener of listeners[name]) listener(payload);
    },
  };
}
