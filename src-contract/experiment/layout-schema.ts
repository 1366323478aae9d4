import { z } from 'zod';
import { buildLayout, MAX_ORDER, PAGE_BYTES, PAGE_FLAGS, PAGE_NUMBER_LIMIT } from '#core';
import type { Extent, PageFlag } from '#core';
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

const TIB = 1_099_511_627_776;

const leafSchema = oneOf(['pte', 'pmd', 'pud']);
const orderSchema = wholeNumber(0, MAX_ORDER);
const layoutSizeSchema = sizeWithin({ least: PAGE_BYTES, most: TIB, step: PAGE_BYTES });

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
  .default('scattered');

const uniformSchema = closedMap({
  size: layoutSizeSchema,
  order: orderSchema.default(0),
  frames: framesSchema,
  leaf: leafSchema.default('pte'),
  /** Distance of the first page from a 2^order boundary of virtual memory. */
  misalignment: sizeWithin({ least: 0, most: TIB, step: PAGE_BYTES }).default(0),
  flags: flagsSchema.default([]),
});

const mixedSchema = closedMap({
  size: layoutSizeSchema,
  weights: listOf(
    closedMap({ order: orderSchema, weight: numberBetween(0, 1_000_000) }),
    'a list of {order, weight}',
  ),
  frames: framesSchema,
  /** For folios of 2 MiB and more: a PMD entry where they are aligned, or PTEs. */
  leaf: oneOf(['pmd', 'pte']).default('pmd'),
  flags: flagsSchema.default([]),
});

const pageNumber = wholeNumber(0, PAGE_NUMBER_LIMIT);

/** One extent as a row of the layout CSV: va_page, pfn, pages, order, leaf, flags. */
const extentSchema = z.tuple(
  [
    pageNumber,
    pageNumber,
    wholeNumber(1, PAGE_NUMBER_LIMIT),
    orderSchema,
    leafSchema,
    flagsSchema,
  ],
  allowing('a row [va_page, pfn, pages, order, leaf, flags]'),
);

export type ExtentOfFile = z.output<typeof extentSchema>;

/** The extent a row describes. */
export function extentFromRow(row: ExtentOfFile): Extent {
  const [vaPage, pfn, pages, order, leaf, flags] = row;
  return { vaPage, pfn, pages, order, leaf, flags };
}

const extentsSchema = listOf(extentSchema, 'a list of rows').superRefine((rows, context) => {
  const result = buildLayout(rows.map(extentFromRow));
  if (result.ok) return;
  const { row, message } = result.problem;
  context.addIssue({ code: 'custom', path: [row], message });
});

/** The ways to describe a layout; a layout has exactly one of them. */
export const LAYOUT_FORMS = ['uniform', 'mixed', 'extents', 'file'] as const;

/** A layout of an experiment: its name and one way to make it. */
export const layoutSchema = closedMap({
  name: textLine('the name results carry'),
  uniform: z.exactOptional(uniformSchema),
  mixed: z.exactOptional(mixedSchema),
  extents: z.exactOptional(extentsSchema),
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

export type LayoutOfFile = z.output<typeof layoutSchema>;
