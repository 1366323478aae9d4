import type { LibraryOptions } from './library-access.ts';

/** What every list of the library takes. */
export type ListingOptions = LibraryOptions & {
  readonly archived?: true;
  readonly trash?: true;
  readonly json?: true;
};

/** Which records a list shows: those in use, or what was put away. */
export function visibilityOf(options: ListingOptions): {
  readonly archived: boolean | 'any';
  readonly deleted: boolean;
} {
  if (options.trash === true) return { archived: 'any', deleted: true };
  return { archived: options.archived === true, deleted: false };
}

/** A time as people read it, to the minute, in UTC. */
export function dayText(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
