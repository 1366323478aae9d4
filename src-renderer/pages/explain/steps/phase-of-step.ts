import type { Phase } from '#core';
import type { StoryKind } from './story.ts';

const PHASE_OF: Readonly<Partial<Record<StoryKind, Phase>>> = {
  gup: 'walk',
  slow: 'walk',
  table: 'walk',
  'table-end': 'walk',
  'gup-end': 'walk',
  'slow-end': 'walk',
  stop: 'walk',
  fault: 'walk',
  migrate: 'walk',
  grab: 'grab',
  'slow-grab': 'grab',
  allocate: 'allocate',
  free: 'allocate',
  bvec: 'add',
  merge: 'add',
  submit: 'submit',
  complete: 'complete',
  release: 'release',
};

/** The phase whose cost a step is part of; null for one that only frames others. */
export function phaseOfStep(kind: StoryKind): Phase | null {
  return PHASE_OF[kind] ?? null;
}
