import type { FastStop } from './states.ts';
import type { MappedPage } from './types.ts';

/**
 * What a strategy does with the entries the walks find. Where an answer is false it has no room: the
 * walk then ends before that page or leaf.
 */
export type Taker = {
  /** The fast walk found pages it may take: one PTE, or what a leaf entry maps of the range. */
  readonly take: (pages: readonly MappedPage[]) => boolean;
  /** The fast walk looks at pages closer, and gives up on them. */
  readonly tryInVain: (pages: readonly MappedPage[], stop: Exclude<FastStop, 'entry'>) => boolean;
  /** The fast walk is over. */
  readonly endFast: () => void;
  /** A locked walk begins; nothing goes on from what there is. */
  readonly startSlow: () => void;
  /** The locked walk found pages: one PTE, or one step's part of a leaf entry. */
  readonly takeSlowly: (pages: readonly MappedPage[]) => boolean;
  /** Whether the locked walk may bring a page that it has to fault in first. */
  readonly hasRoomFor: (page: MappedPage) => boolean;
  /** Looks up what the last locked walk took, to see whether it may stay pinned for long. */
  readonly scanSlow: () => void;
  /** Unpins what the last locked walk took and forgets it. */
  readonly unpinSlow: () => void;
};
