import { findExtent, FLAG } from '#core';
import type { PageFlag } from '#core';
import type { Story, StoryStep } from './story.ts';

/** States of a page, in the order in which a walk meets them. Source: SPEC rule STOP-1. */
const STATES = [
  'absent',
  'protnone',
  'special',
  'zero',
  'shared',
  'readonly',
  'cma',
  'file',
  'devmap',
] as const satisfies readonly PageFlag[];
export type PageState = (typeof STATES)[number];

/** Flags of the memory that a step works on; 0 where it works on none. */
export function flagsOfStep({ layout }: Story, { pages }: Pick<StoryStep, 'pages'>): number {
  return pages === null ? 0 : (layout.flags[findExtent(layout, pages.first)] ?? 0);
}

/** What is out of the ordinary about the memory that a step works on. */
export function stateOfStep(story: Story, step: Pick<StoryStep, 'pages'>): PageState | null {
  const flags = flagsOfStep(story, step);
  return STATES.find((state) => (flags & FLAG[state]) !== 0) ?? null;
}
