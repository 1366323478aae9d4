import { z } from 'zod';
import {
  layoutSpecProblem,
  LEAST_ENABLED_ORDER,
  MAX_LAYOUT_BYTES,
  MAX_ORDER,
  MAX_ZONE_BYTES,
  MOST_ENABLED_ORDER,
  PAGE_BYTES,
  PAGE_FLAGS,
  PAGE_NUMBER_LIMIT,
  PUD_PAGES,
  ZONE_STEP_BYTES,
} from '#core';
import type { LayoutSpec, PageFlag } from '#core';
import type { DeepReadonly } from '../deep-readonly.ts';
import { describeValue } from '../problem.ts';
import {
  allowing,
  closedMap,
  listOf,
  numberBetween,
  oneOf,
  textLine,
  wholeNumber,
} from '../schema-parts.ts';
import { sizeWithin } from './sizes.ts';

const leafSchema = oneOf(['pte', 'pmd', 'pud']);
const orderSchema = wholeNumber(0, MAX_ORDER);
const layoutSizeSchema = sizeWithin({
  least: PAGE_BYTES,
  most: MAX_LAYOUT_BYTES,
  step: PAGE_BYTES,
});
const misalignmentSchema = sizeWithin({
  least: 0,
  most: (PUD_PAGES - 1) * PAGE_BYTES,
  step: PAGE_BYTES,
});

const FLAG_FORMS = `flags joined by | or as a list, of ${PAGE_FLAGS.join(', ')}`;

function isFlag(word: string): word is PageFlag {
  return PAGE_FLAGS.some((flag) => flag === word);
}

/** Flags as the CSV files write them, `anon|shared`, or as a list. */
const flagsSchema = z
  .union([z.string(), z.array(z.string())], allowing(FLAG_FORMS))
  .transform((value, context): PageFlag[] => {
    const words = typeof value === 'string' ? value.split('|') : value;
    const named = words.map((word) => word.trim()).filter((word) => word !== '');
    for (const word of named.filter((candidate) => !isFlag(candidate))) {
      context.addIssue({
        code: 'custom',
        message: `unknown flag ${describeValue(word)}; allowed: ${FLAG_FORMS}`,
      });
    }
    return [...new Set(named.filter(isFlag))];
  });

const framesSchema = z
  .union(
    [z.enum(['contiguous', 'scattered']), z.strictObject({ adjacency: z.number().min(0).max(1) })],
    allowing('contiguous, scattered or {adjacency: 0 to 1}'),
  )
  .default('scattered')
  .describe('how frames of one folio follow those of the one before it');

/** What the core calls a key of a layout, by the key of the file. */
const KEYS_OF_SPEC: Readonly<Record<string, string>> = {
  bytes: 'size',
  misalignmentPages: 'misalignment',
  enabledOrders: 'orders',
  zoneBytes: 'zone',
};

/** Reports what the core would refuse to build, at the key that is wrong. */
function reportSpecProblem(spec: LayoutSpec, context: z.core.$RefinementCtx): void {
  const problem = layoutSpecProblem(spec);
  if (problem === null) return;
  const [first = '', ...rest] = problem.key.split(/[.[\]]+/).filter((part) => part !== '');
  // `extents[3]` is row 3 of the list that is being checked, so the list's own name goes.
  const isExtent = first === 'extents';
  const parts = isExtent ? rest : [KEYS_OF_SPEC[first] ?? first, ...rest];
  const message = isExtent ? problem.message : `${problem.key} ${problem.message}`;
  const path = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  context.addIssue({ code: 'custom', path, message });
}

const uniformFields = closedMap({
  size: layoutSizeSchema.describe('size of the buffer'),
  order: orderSchema.default(0).describe('folios of 2^order pages'),
  frames: framesSchema,
  leaf: leafSchema
    .default('pte')
    .describe('level of the page-table entries; pmd needs order 9, pud order 18'),
  misalignment: misalignmentSchema
    .prefault(0)
    .describe('how far after a 1 GiB boundary of virtual memory the buffer begins'),
  flags: flagsSchema.prefault([]).describe('type and state of every page'),
});

function specFromUniform(uniform: DeepReadonly<z.output<typeof uniformFields>>): LayoutSpec {
  const { size, order, frames, leaf, misalignment, flags } = uniform;
  const misalignmentPages = misalignment / PAGE_BYTES;
  return { kind: 'uniform', bytes: size, order, frames, leaf, misalignmentPages, flags };
}

const mixedFields = closedMap({
  size: layoutSizeSchema.describe('size of the buffer'),
  weights: listOf(
    closedMap({ order: orderSchema, weight: numberBetween(0, 1_000_000_000) }),
    'a list of {order, weight}',
  ).describe('how often folios of each order are drawn, where they fit: {order, weight} each'),
  frames: framesSchema,
  leaf: oneOf(['pmd', 'pte']).default('pmd').describe('entries that map folios of 2 MiB and more'),
  flags: flagsSchema.prefault([]).describe('type and state of every page'),
});

function specFromMixed({ size, ...rest }: DeepReadonly<z.output<typeof mixedFields>>): LayoutSpec {
  return { kind: 'mixed', bytes: size, ...rest };
}

const enabledOrders = allowing(
  `a list of orders from ${LEAST_ENABLED_ORDER} to ${MOST_ENABLED_ORDER}, such as [4, 9]`,
);

const buddyFields = closedMap({
  size: layoutSizeSchema.describe('size of the buffer'),
  orders: z
    .array(wholeNumber(LEAST_ENABLED_ORDER, MOST_ENABLED_ORDER), enabledOrders)
    .prefault([])
    .describe('folio sizes that page faults may take beside base pages, as orders from 2 to 9'),
  zone: sizeWithin({ least: ZONE_STEP_BYTES, most: MAX_ZONE_BYTES, step: ZONE_STEP_BYTES })
    .prefault('1GiB')
    .describe('memory the buddy allocator has'),
  occupancy: numberBetween(0, 1)
    .default(0.5)
    .describe('share of that memory that is in use when the buffer is filled'),
  fragmentation: numberBetween(0, 1)
    .default(0.5)
    .describe('share of what is free that lies in blocks too small for a PMD entry'),
  misalignment: misalignmentSchema
    .prefault(0)
    .describe('how far after a 1 GiB boundary of virtual memory the buffer begins'),
  flags: flagsSchema.prefault([]).describe('type and state of every page'),
});

function specFromBuddy(buddy: DeepReadonly<z.output<typeof buddyFields>>): LayoutSpec {
  const { size, orders, zone, misalignment, ...rest } = buddy;
  const misalignmentPages = misalignment / PAGE_BYTES;
  const zoneBytes = zone;
  return {
    kind: 'buddy',
    bytes: size,
    enabledOrders: orders,
    zoneBytes,
    misalignmentPages,
    ...rest,
  };
}

const pageNumber = wholeNumber(0, PAGE_NUMBER_LIMIT);

/** One extent as a row of the layout CSV. */
const extentSchema = z.tuple(
  [pageNumber, pageNumber, wholeNumber(1, PAGE_NUMBER_LIMIT), orderSchema, leafSchema, flagsSchema],
  allowing('a row [va_page, pfn, pages, order, leaf, flags]'),
);
const extentRows = listOf(extentSchema, 'a list of rows [va_page, pfn, pages, order, leaf, flags]');

function specFromExtents(rows: DeepReadonly<z.output<typeof extentRows>>): LayoutSpec {
  const extents = rows.map(([vaPage, pfn, pages, order, leaf, flags]) => {
    return { vaPage, pfn, pages, order, leaf, flags };
  });
  return { kind: 'explicit', extents };
}

/** The ways to describe a layout; a layout has exactly one of them. */
const LAYOUT_FORMS = ['uniform', 'mixed', 'buddy', 'extents', 'file'] as const;

/** A layout of an experiment: its name and one way to make it. */
export const layoutSchema = closedMap({
  name: textLine('the name results carry'),
  uniform: z.exactOptional(
    uniformFields
      .superRefine((each, context) => {
        reportSpecProblem(specFromUniform(each), context);
      })
      .describe('folios of one order'),
  ),
  mixed: z.exactOptional(
    mixedFields
      .superRefine((each, context) => {
        reportSpecProblem(specFromMixed(each), context);
      })
      .describe('folios of several orders'),
  ),
  buddy: z.exactOptional(
    buddyFields
      .superRefine((each, context) => {
        reportSpecProblem(specFromBuddy(each), context);
      })
      .describe('what page faults find in memory that has been in use'),
  ),
  extents: z.exactOptional(
    extentRows
      .superRefine((each, context) => {
        reportSpecProblem(specFromExtents(each), context);
      })
      .describe('rows [va_page, pfn, pages, order, leaf, flags] as in a layout CSV'),
  ),
  file: z.exactOptional(textLine('the path of a layout CSV, relative to this file')),
})
  .superRefine((layout, context) => {
    const given = LAYOUT_FORMS.filter((form) => layout[form] !== undefined);
    if (given.length === 1) return;
    const found = given.length === 0 ? 'no description' : given.join(' and ');
    const message = `found ${found}; a layout takes exactly one of ${LAYOUT_FORMS.join(', ')}`;
    context.addIssue({ code: 'custom', message });
  })
  .meta({ oneOf: LAYOUT_FORMS.map((form) => ({ required: [form] })) });

export type LayoutOfFile = DeepReadonly<z.output<typeof layoutSchema>>;

/** What the core builds a layout from; null for one that comes from a file. */
export function specFromLayout(layout: LayoutOfFile): LayoutSpec | null {
  if (layout.uniform !== undefined) return specFromUniform(layout.uniform);
  if (layout.mixed !== undefined) return specFromMixed(layout.mixed);
  if (layout.buddy !== undefined) return specFromBuddy(layout.buddy);
  return layout.extents === undefined ? null : specFromExtents(layout.extents);
}
