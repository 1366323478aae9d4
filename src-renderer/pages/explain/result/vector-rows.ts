import type { Explanation } from '#core';
import { findExtent, folioHead, freshFrameOf, PMD_ORDER } from '#core';
import { formatBytes, formatCount } from '../../../format.ts';
import { frameCell } from '../frame-text.ts';
import { counted } from '../../../sentences.ts';
import type { TableColumn } from '../../../components/data-table/columns.ts';
import type { Story } from '../steps/story.ts';

/** One vector of the bio. */
export type VectorRow = {
  readonly number: number;
  readonly pfn: number;
  readonly offset: number;
  readonly length: number;
  readonly firstPage: number;
  readonly pages: number;
};

export function vectorRows({ explanation, vectorPages }: Story): readonly VectorRow[] {
  return explanation.bvecs.map(({ pfn, offset, length }, index) => ({
    number: index + 1,
    pfn,
    offset,
    length,
    firstPage: vectorPages[index]?.first ?? 0,
    pages: vectorPages[index]?.count ?? 0,
  }));
}

export const VECTOR_COLUMNS: readonly TableColumn<VectorRow>[] = [
  { id: 'number', title: '#', value: ({ number }) => number, isNumeric: true, width: 50 },
  {
    id: 'pfn',
    title: 'First frame',
    value: ({ pfn }) => pfn,
    text: ({ pfn }) => frameCell(pfn),
    isNumeric: true,
    width: 100,
  },
  {
    id: 'offset',
    title: 'Offset',
    description: 'Of the first byte within the first frame',
    unit: 'bytes',
    value: ({ offset }) => offset,
    text: ({ offset }) => formatCount(offset),
    isNumeric: true,
    width: 74,
  },
  {
    id: 'length',
    title: 'Length',
    unit: 'bytes',
    value: ({ length }) => length,
    text: ({ length }) => formatBytes(length),
    isNumeric: true,
    width: 84,
  },
  {
    id: 'firstPage',
    title: 'Virtual page',
    description: 'The first one it carries',
    value: ({ firstPage }) => firstPage,
    text: ({ firstPage }) => formatCount(firstPage),
    isNumeric: true,
    width: 98,
  },
  {
    id: 'pages',
    title: 'Pages',
    value: ({ pages }) => pages,
    text: ({ pages }) => formatCount(pages),
    isNumeric: true,
    width: 68,
  },
];

/** References of one folio over the I/O. */
export type ReferenceRow = {
  readonly folio: number;
  /** Null where no page of the I/O lies in it: the folio was found by its frame alone. */
  readonly order: number | null;
  readonly added: number;
  readonly removed: number;
};

/** Orders by the head frame of their folio, for the pages of an I/O. */
function ordersOfFolios({ layout, explanation, steps }: Story): ReadonlyMap<number, number> {
  const orders = new Map<number, number>();
  const first = steps[0]?.pages?.first ?? 0;
  const end = first + explanation.pages;
  for (let at = findExtent(layout, first); at < layout.length; at += 1) {
    const start = layout.vaPage[at] ?? 0;
    if (start >= end) break;
    const order = layout.order[at] ?? 0;
    const pfn = layout.pfn[at] ?? 0;
    const last = pfn + (layout.pages[at] ?? 0) - 1;
    for (let head = folioHead(pfn, order); head <= last; head += 2 ** order)
      orders.set(head, order);
  }
  return orders;
}

/** Folios that the I/O itself brought about are as large as what they replace, or one page. */
function orderOfFolio(orders: ReadonlyMap<number, number>, folio: number): number | null {
  const fresh = freshFrameOf(folio);
  if (fresh?.kind === 'copy') return 0;
  if (fresh?.kind === 'huge-copy' || fresh?.kind === 'zero') return PMD_ORDER;
  return orders.get(fresh?.kind === 'migrated' ? fresh.pfn : folio) ?? null;
}

export function referenceRows(story: Story): readonly ReferenceRow[] {
  const orders = ordersOfFolios(story);
  return [...story.explanation.references]
    .sort(([a], [b]) => a - b)
    .map(([folio, { added, removed }]) => ({
      folio,
      order: orderOfFolio(orders, folio),
      added,
      removed,
    }));
}

export const REFERENCE_COLUMNS: readonly TableColumn<ReferenceRow>[] = [
  {
    id: 'folio',
    title: 'Folio at frame',
    value: ({ folio }) => folio,
    text: ({ folio }) => frameCell(folio),
    isNumeric: true,
    width: 124,
  },
  { id: 'order', title: 'Order', value: ({ order }) => order, isNumeric: true, width: 76 },
  {
    id: 'added',
    title: 'Added',
    value: ({ added }) => added,
    text: ({ added }) => formatCount(added),
    isNumeric: true,
    width: 84,
  },
  {
    id: 'removed',
    title: 'Removed',
    value: ({ removed }) => removed,
    text: ({ removed }) => formatCount(removed),
    isNumeric: true,
    width: 92,
  },
];

/** One kind of memory an I/O uses. */
export type MemoryRow = { readonly name: string; readonly text: string; readonly note: string };

const SOURCES = {
  none: 'no bio is built',
  stack: 'on the stack',
  inline: 'inside the bio itself',
  slab: 'from a slab, held until completion',
  kmalloc: 'from kmalloc, held until completion',
} as const;

export function memoryRows({ temporary, bio, events, bios }: Explanation): readonly MemoryRow[] {
  const { stackBytes, heapBytes, heapRequested, pagesAllocated } = temporary;
  const asked =
    heapBytes === 0
      ? 'nothing'
      : `${formatBytes(heapRequested)} asked for in ${counted(events.kmalloc, 'allocation')}`;
  return [
    { name: 'Result on the stack', text: formatBytes(stackBytes), note: 'the most any call uses' },
    { name: 'Result on the heap', text: formatBytes(heapBytes), note: asked },
    {
      name: 'Result pages',
      text: formatCount(pagesAllocated),
      note: 'of 4 KiB each, brought by the caller',
    },
    {
      name: 'Bio vectors',
      text: formatBytes(bio.bytes),
      note: `room for ${formatCount(bio.vecs)} in ${counted(bios, 'bio')}, ${SOURCES[bio.source]}`,
    },
  ];
}
