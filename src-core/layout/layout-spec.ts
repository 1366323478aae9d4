import { assertNever } from '../errors.ts';
import { buddySpecProblem, buildBuddyLayout } from './buddy-layout.ts';
import type { BuddySpec } from './buddy-layout.ts';
import { buildLayout } from './layout.ts';
import type { Extent, Layout, LayoutProblem, LayoutResult } from './layout.ts';
import { buildMixedLayout, mixedSpecProblem } from './mixed-layout.ts';
import type { MixedSpec } from './mixed-layout.ts';
import type { LayoutSpecProblem } from './spec-problem.ts';
import { buildUniformLayout, uniformSpecProblem } from './uniform-layout.ts';
import type { UniformSpec } from './uniform-layout.ts';

export type { BuddySpec } from './buddy-layout.ts';
export {
  LEAST_ENABLED_ORDER,
  MAX_ZONE_BYTES,
  MOST_ENABLED_ORDER,
  ZONE_STEP_BYTES,
} from './buddy-layout.ts';
export type { FrameArrangement } from './frame-placement.ts';
export type { MixedSpec, OrderWeight } from './mixed-layout.ts';
export type { LayoutSpecProblem } from './spec-problem.ts';
export type { UniformSpec } from './uniform-layout.ts';
export { MAX_LAYOUT_BYTES, MAX_PLACED_FOLIOS } from './spec-problem.ts';

/** A layout given extent by extent; the seed has no effect on it. */
export type ExplicitSpec = { readonly kind: 'explicit'; readonly extents: readonly Extent[] };

/** A description a layout can be built from. */
export type LayoutSpec = UniformSpec | MixedSpec | BuddySpec | ExplicitSpec;

function problemOfExtent({ row, message }: LayoutProblem): LayoutSpecProblem {
  return { key: `extents[${row}]`, message };
}

/**
 * Says why no layout can be built from a specification.
 *
 * @returns The first figure that is wrong, or null. For a message, `key` and `message` follow each
 *   other: `order 19 is not a whole number from 0 to 18`.
 * @source SPEC rules LAY-1 to LAY-6, LAY-9, LAY-10, LAY-13 and LAY-14.
 */
export function layoutSpecProblem(spec: LayoutSpec): LayoutSpecProblem | null {
  switch (spec.kind) {
    case 'uniform':
      return uniformSpecProblem(spec);
    case 'mixed':
      return mixedSpecProblem(spec);
    case 'buddy':
      return buddySpecProblem(spec);
    case 'explicit': {
      const result = buildLayout(spec.extents);
      return result.ok ? null : problemOfExtent(result.problem);
    }
    default:
      return assertNever(spec);
  }
}

function layoutFromSpec(spec: Exclude<LayoutSpec, ExplicitSpec>, seed: number): Layout {
  switch (spec.kind) {
    case 'uniform':
      return buildUniformLayout(spec, seed);
    case 'mixed':
      return buildMixedLayout(spec, seed);
    case 'buddy':
      return buildBuddyLayout(spec, seed);
    default:
      return assertNever(spec);
  }
}

/**
 * Builds the layout a specification describes: the same for equal seeds, on every machine.
 *
 * Virtual pages are numbered from 0 (uniform and buddy: from `misalignmentPages`), frames from a
 * multiple of the largest folio. Memory and time are proportional to the extents (buddy: to the zone).
 *
 * @param seed  A whole number from 0 to 2^53 - 1.
 * @returns The layout, or why there is none; `row` is 0 unless the specification lists extents.
 * @source SPEC rules LAY-8 to LAY-10, LAY-13 and LAY-14.
 */
export function buildLayoutFromSpec(spec: LayoutSpec, seed: number): LayoutResult {
  if (spec.kind === 'explicit') return buildLayout(spec.extents);
  const problem = layoutSpecProblem(spec);
  if (problem !== null) {
    return { ok: false, problem: { row: 0, message: `${problem.key} ${problem.message}` } };
  }
  return { ok: true, layout: layoutFromSpec(spec, seed) };
}
