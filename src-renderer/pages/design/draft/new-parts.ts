import { entriesAt, listAt, valueAt } from './draft-path.ts';

/** A first experiment, ready to run: what the kernel does today, on small pages and on folios. */
export const NEW_EXPERIMENT = `schema: folio-lab/experiment@1
name: my-experiment
title: 128 KiB on 4 KiB pages and on 128 KiB folios
question: What does one direct write cost today, and what would it cost with folio ranges?
seed: 1
replicates: 1

layouts:
  - name: base-4k
    uniform: { size: 64MiB, order: 0, frames: scattered }
  - name: mthp-128k
    uniform: { size: 64MiB, order: 5, frames: scattered }

workload:
  api: direct-io
  operation: write
  path: async
  blockSize: 128KiB
  access: random
  count: 20000

strategies:
  - { id: today }
  - { id: folio-batch, name: batch of 31, parameters: { entries: 31 } }

costModel: textbook
`;

/** The ways to describe a layout. */
export const LAYOUT_FORMS = ['uniform', 'mixed', 'buddy', 'extents', 'file'] as const;
export type LayoutForm = (typeof LAYOUT_FORMS)[number];

/** The way a written layout is described; null when it is none of them or several. */
export function formOfLayout(layout: unknown): LayoutForm | null {
  const given = LAYOUT_FORMS.filter((form) => valueAt(layout, [form]) !== undefined);
  const [form] = given;
  return form !== undefined && given.length === 1 ? form : null;
}

/** A name nobody has: the wanted one, or that with a number behind it. */
export function freeName(wanted: string, taken: readonly unknown[]): string {
  const base = wanted.replace(/-\d+$/, '');
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${base}-${number}`;
  return name;
}

/** Names that elements of a list carry. */
export function namesIn(value: unknown, list: 'layouts' | 'strategies'): readonly unknown[] {
  return listAt(value, [list]).map((element) => valueAt(element, ['name']));
}

/** A layout to begin with, beside those that are there. */
export function newLayout(value: unknown): unknown {
  const name = freeName('mthp-64k', namesIn(value, 'layouts'));
  return { name, uniform: { size: '64MiB', order: 4, frames: 'scattered' } };
}

/** A device to begin with, about as quick as a good NVMe drive. */
export const NEW_DEVICE = {
  parallelism: 8,
  service: { distribution: 'log-normal', mean: '10us', sigma: 0.3 },
};

/** Small rows that show everything an extent can say: a folio, a copied page, a gap. */
const EXAMPLE_EXTENTS = [
  [0, 512, 3, 4, 'pte', 'anon'],
  [3, 4099, 1, 0, 'pte', 'anon'],
  [4, 516, 12, 4, 'pte', 'anon'],
  [64, 1024, 64, 6, 'pte', 'anon'],
];

/**
 * A layout described in another way, with what both ways have in common.
 *
 * @param files  Paths of captured layouts to choose the first from.
 */
export function layoutDescription(
  layout: unknown,
  form: LayoutForm,
  files: readonly string[],
): unknown {
  const old = formOfLayout(layout) ?? 'uniform';
  const keep = (key: string, otherwise: unknown): unknown =>
    valueAt(layout, [old, key]) ?? otherwise;
  const common = Object.fromEntries(
    entriesAt(layout, [old]).filter(([key]) => key === 'flags' || key === 'frames'),
  );
  switch (form) {
    case 'uniform':
      return {
        size: keep('size', '64MiB'),
        order: valueAt(layout, ['mixed', 'weights', 0, 'order']) ?? 0,
        ...common,
      };
    case 'mixed':
      return {
        size: keep('size', '64MiB'),
        weights: [
          { order: keep('order', 4), weight: 3 },
          { order: keep('order', 4) === 0 ? 4 : 0, weight: 1 },
        ],
        ...common,
      };
    case 'buddy':
      return {
        size: keep('size', '64MiB'),
        orders: [4, 9],
        ...Object.fromEntries(Object.entries(common).filter(([key]) => key === 'flags')),
      };
    case 'extents':
      return EXAMPLE_EXTENTS;
    case 'file':
      return files[0] ?? '';
  }
}

/** A claim to begin with; `strategy` is the name of one that is there, if there is any. */
export function newExpectation(strategy: unknown): unknown {
  return {
    text: 'Nothing is allocated for the result',
    metric: 'events.kmalloc',
    of: typeof strategy === 'string' ? { strategy } : {},
    relation: 'equal',
    value: 0,
  };
}
