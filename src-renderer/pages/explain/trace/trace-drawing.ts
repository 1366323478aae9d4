import { TRACE_LISTS } from './trace-rows.ts';
import type { TraceList } from './trace-rows.ts';

/** How a trace is shown: one of its lists, or as a flame graph. */
export type TraceDrawing = TraceList | 'flame';

export const TRACE_DRAWINGS: readonly TraceDrawing[] = [...TRACE_LISTS, 'flame'];

export const DRAWING_TITLES: Readonly<Record<TraceDrawing, string>> = {
  paths: 'Tree',
  functions: 'Functions',
  flame: 'Flame graph',
  whole: 'Whole trace',
};
