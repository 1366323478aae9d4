import type { LinkSpan, PictureGeometry, Span } from './picture-geometry.ts';

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** Rectangles of one height as the path of one SVG element: a thousand of them are drawn as one. */
export function barsPath(spans: readonly Span[], top: number, height: number, gap = 0): string {
  return spans
    .map(({ x, width }) => {
      const wide = Math.max(width - gap, Math.min(width, 0.5));
      return `M${rounded(x)} ${rounded(top)}h${rounded(wide)}v${rounded(height)}h${rounded(-wide)}z`;
    })
    .join('');
}

/** Bands from pages down to their frames, as one path. */
export function bandsPath(links: readonly LinkSpan[], top: number, bottom: number): string {
  const middle = (top + bottom) / 2;
  return links
    .map(({ page, frame }) => {
      const [left, right] = [rounded(page.x), rounded(page.x + page.width)];
      const [frameLeft, frameRight] = [rounded(frame.x), rounded(frame.x + frame.width)];
      const [up, down, half] = [rounded(top), rounded(bottom), rounded(middle)];
      return (
        `M${left} ${up}C${left} ${half} ${frameLeft} ${half} ${frameLeft} ${down}` +
        `L${frameRight} ${down}C${frameRight} ${half} ${right} ${half} ${right} ${up}z`
      );
    })
    .join('');
}

/** Spans by folio order, ascending. */
export function byOrder<Item extends { readonly order: number }>(
  items: readonly Item[],
): readonly { readonly order: number; readonly items: readonly Item[] }[] {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(item.order);
    if (group === undefined) groups.set(item.order, [item]);
    else group.push(item);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => a - b)
    .map(([order, group]) => ({ order, items: group }));
}

/** Vertical lines at the left end of each span, as one path. */
export function linesPath(spans: readonly Pick<Span, 'x'>[], top: number, height: number): string {
  return spans.map(({ x }) => `M${rounded(x)} ${rounded(top)}v${rounded(height)}`).join('');
}

/** A virtual page that the ruler names. */
export type RulerTick = { readonly x: number; readonly vaPage: number };

/**
 * Ticks at round numbers of virtual pages.
 *
 * @param leastPixels  Room for one label. Unit: CSS pixels.
 */
export function rulerTicks(geometry: PictureGeometry, leastPixels: number): readonly RulerTick[] {
  const { pixelsPerPage } = geometry;
  let step = 1;
  while (step * pixelsPerPage < leastPixels) step *= 2;
  const ticks = geometry.pages.flatMap(({ x, piece }) => {
    const found: RulerTick[] = [];
    const end = piece.vaPage + piece.pages;
    for (let page = Math.ceil(piece.vaPage / step) * step; page < end; page += step) {
      found.push({ x: x + (page - piece.vaPage) * pixelsPerPage, vaPage: page });
    }
    return found;
  });
  // Behind a gap the next round number may come too soon for its label.
  let right = -Infinity;
  return ticks.filter(({ x }) => {
    if (x - right < leastPixels * 0.75) return false;
    right = x;
    return true;
  });
}

/** Single pages within their spans, for lines between them. */
export function pageLines(geometry: PictureGeometry): readonly Pick<Span, 'x'>[] {
  return geometry.pages.flatMap(({ x, piece }) =>
    Array.from({ length: piece.pages - 1 }, (_, index) => ({
      x: x + (index + 1) * geometry.pixelsPerPage,
    })),
  );
}
