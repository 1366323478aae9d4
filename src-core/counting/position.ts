import { findExtent } from '../layout/layout.ts';
import type { CountingState } from './state.ts';

/** Moves the walk to a virtual page. */
export function seek(state: CountingState, vaPage: number): void {
  state.position = vaPage;
  state.extent = findExtent(state.layout, vaPage);
}
