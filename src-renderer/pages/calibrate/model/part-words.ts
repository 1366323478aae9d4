import type { SpanTerm } from '#core';
import type { CalibrationGroup } from '#contract';
import { EVENT_WORDS } from '../../explain/ledger/event-words.ts';

/** A part of a measured span that has a price: an event or overhead of the core, or a term of the span. */
export type PartName = CalibrationGroup['prices'][number]['name'];

/** What measured spans hold beside what is modelled, in a few words. */
const SPAN_TERM_WORDS: Readonly<Record<SpanTerm, string>> = {
  sys_enter: 'from the entry of the system call to the first pin',
  sys_exit: 'from the last release to the exit of the system call',
  worker: 'what a device that wakes a worker adds to a span that begins with the pins',
  worker_entry: 'what a device that wakes a worker adds to a span that begins with the system call',
  register_call: 'registration of a buffer',
  register_vector: 'vector of a registered buffer',
  register_pair: 'entry that the accounting of a registration looks at again for a large folio',
  mapped_call: 'first call after the process mapped memory',
  forked_call: 'first call after a fork',
  forked_again: 'second call after a fork',
  populate_call: 'call of MADV_POPULATE_WRITE',
  user_fault: "exception around a fault of a user's store",
  user_store: 'store to a page',
  direct_call: 'direct write',
  direct_page: 'block layer and device, for each page of a direct write',
  unmap_alone: 'call that unmaps, with nobody beside it',
  protect_alone: 'call that protects, with nobody beside it',
  fault_alone: 'fault, with nobody beside it',
  interrupt: 'interrupt, until another processor has answered it',
  line_transfer: 'what a locked operation takes longer where another processor had the cache line',
};

const WORDS: Readonly<Record<PartName, string>> = { ...EVENT_WORDS, ...SPAN_TERM_WORDS };

/** What a part is. */
export function partWords(name: PartName): string {
  return WORDS[name];
}
