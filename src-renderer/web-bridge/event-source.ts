import type { LabEventName, LabEventPayload } from '#contract';
import { parsePayload } from './parse-reply.ts';

export type Subscribe<Name extends LabEventName> = (
  listener: (payload: LabEventPayload<Name>) => void,
) => () => void;

/** News of the web host, over one connection that is opened when somebody listens first. */
export function createEventSource(): <Name extends LabEventName>(name: Name) => Subscribe<Name> {
  let source: EventSource | null = null;
  const open = (): EventSource => {
    if (source !== null) return source;
    const opened = new EventSource('/events');
    let isInterrupted = false;
    opened.addEventListener('error', () => (isInterrupted = true));
    opened.addEventListener('open', () => {
      // What happened meanwhile was not told to us.
      if (isInterrupted) opened.dispatchEvent(new MessageEvent('libraryChanged', { data: 'null' }));
      isInterrupted = false;
    });
    source = opened;
    return opened;
  };
  return (name) => (listener) => {
    const opened = open();
    const receive = (event: MessageEvent): void => listener(parsePayload(name, event.data));
    opened.addEventListener(name, receive);
    return () => opened.removeEventListener(name, receive);
  };
}
