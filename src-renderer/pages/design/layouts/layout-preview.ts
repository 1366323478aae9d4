import { buildLayoutFromSpec, PAGE_BYTES, PAGES_OF_ORDER } from '#core';
import type { Layout, LayoutSpec } from '#core';
import { experimentSchema, readSize, specFromLayout } from '#contract';
import { orderText } from '../../../memory-picture/order-text.ts';
import { formatBytes } from '../../../format.ts';
import { counted } from '../../../sentences.ts';
import { listAt, valueAt } from '../draft/draft-path.ts';
import { formOfLayout } from '../draft/new-parts.ts';
import { textFromValue } from '../draft/written-value.ts';

/** A layout to be drawn. */
export type LayoutPreview =
  | {
      readonly kind: 'layout';
      readonly layout: Layout;
      /** Set when only the first bytes of a large buffer are built. Unit: bytes. */
      readonly cutToBytes: number | null;
    }
  /** The name of a captured layout that has to be read. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'problem'; readonly message: string };

/** Folios placed one by one take time: more than this and typing would stutter. */
const MOST_FOLIOS = 32_768;

/** Larger zones take long to age while somebody types. */
const MOST_ZONE_BYTES = 4_294_967_296;

/** The same buffer, short enough to be built while somebody types. */
function shortened(spec: LayoutSpec): LayoutSpec {
  if (spec.kind === 'explicit' || (spec.kind === 'uniform' && spec.frames === 'contiguous')) {
    return spec;
  }
  // Its zone has aged before its first page is there, so a shorter buffer saves little.
  if (spec.kind === 'buddy') return spec;
  const order = spec.kind === 'uniform' ? spec.order : 0;
  const most = MOST_FOLIOS * (PAGES_OF_ORDER[order] ?? 1) * PAGE_BYTES;
  return spec.bytes <= most ? spec : { ...spec, bytes: most };
}

/**
 * What can be drawn of a layout as a draft has it, whatever mistakes the rest of the draft has.
 *
 * @param seed  Start of the random numbers that place its folios.
 */
export function previewLayout(written: unknown, seed: number): LayoutPreview {
  const parsed = experimentSchema.shape.layouts.element.safeParse(written);
  if (!parsed.success) {
    return { kind: 'problem', message: parsed.error.issues[0]?.message ?? 'not readable' };
  }
  if (parsed.data.file !== undefined) return { kind: 'file', path: parsed.data.file };
  const spec = specFromLayout(parsed.data);
  if (spec === null) return { kind: 'problem', message: 'no description of the layout' };
  if (spec.kind === 'buddy' && spec.zoneBytes > MOST_ZONE_BYTES) {
    const message = `A zone of ${formatBytes(spec.zoneBytes)} is built by a run; pictures are of up to ${formatBytes(MOST_ZONE_BYTES)}.`;
    return { kind: 'problem', message };
  }
  const short = shortened(spec);
  const built = buildLayoutFromSpec(short, seed);
  if (!built.ok) return { kind: 'problem', message: built.problem.message };
  const isCut = short !== spec && short.kind !== 'explicit';
  return { kind: 'layout', layout: built.layout, cutToBytes: isCut ? short.bytes : null };
}

/** The name by which the laboratory knows a captured layout: `anon4k` for `layouts/anon4k.csv`. */
export function layoutNameFromPath(path: string): string {
  return path.replace(/^layouts\//, '').replace(/\.csv$/, '');
}

function sizeWords(size: unknown): string {
  if (typeof size !== 'string' && typeof size !== 'number') return 'no size';
  const reading = readSize(size);
  return reading.ok ? formatBytes(reading.value) : String(size);
}

function framesWords(frames: unknown): string {
  const adjacency = valueAt(frames, ['adjacency']);
  if (adjacency !== undefined) return `adjacency ${textFromValue(adjacency)}`;
  return typeof frames === 'string' ? frames : 'scattered';
}

/** A written layout in a few words, for where its fields are folded away. */
export function layoutWords(written: unknown): string {
  const form = formOfLayout(written);
  switch (form) {
    case 'uniform': {
      const order = Number(valueAt(written, ['uniform', 'order']) ?? 0);
      const leaf = textFromValue(valueAt(written, ['uniform', 'leaf']) ?? 'pte').toUpperCase();
      const size = sizeWords(valueAt(written, ['uniform', 'size']));
      const frames = framesWords(valueAt(written, ['uniform', 'frames']));
      return [size, orderText(order), frames, leaf].join(', ');
    }
    case 'mixed': {
      const orders = listAt(written, ['mixed', 'weights']).map((weight) =>
        valueAt(weight, ['order']),
      );
      const size = sizeWords(valueAt(written, ['mixed', 'size']));
      return `${size}, orders ${orders.map(String).join(', ')} mixed`;
    }
    case 'buddy': {
      const orders = listAt(written, ['buddy', 'orders']).map(String).join(', ');
      const size = sizeWords(valueAt(written, ['buddy', 'size']));
      return `${size}, page faults of ${orders === '' ? 'base pages' : `orders ${orders}`}`;
    }
    case 'extents':
      return counted(listAt(written, ['extents']).length, 'extent');
    case 'file':
      return String(valueAt(written, ['file']));
    case null:
      return 'not described yet';
  }
}
