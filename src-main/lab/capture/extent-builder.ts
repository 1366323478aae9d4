import type { Extent } from '#core';

/** Whether the frame of an extent means nothing: it has none yet, or maps the zero page. */
export function isWithoutFrame({ flags }: Pick<Extent, 'flags'>): boolean {
  return flags.includes('zero') || flags.includes('absent');
}

function haveEqualFlags(one: Extent, other: Extent): boolean {
  return (
    one.flags === other.flags ||
    (one.flags.length === other.flags.length &&
      one.flags.every((flag, index) => flag === other.flags[index]))
  );
}

/** Whether two extents have one order, leaf and set of flags. */
export function areAlike(one: Extent, other: Extent): boolean {
  return one.order === other.order && one.leaf === other.leaf && haveEqualFlags(one, other);
}

/** Joins pages, given in ascending order, into as few extents as there can be. */
export class ExtentBuilder {
  private readonly complete: Extent[] = [];
  private last: Extent | null = null;

  /** Appends an extent behind all others, or lengthens the last one. */
  append(extent: Extent): void {
    const { last } = this;
    if (last !== null && this.continues(last, extent)) {
      this.last = { ...last, pages: last.pages + extent.pages };
      return;
    }
    if (last !== null) this.complete.push(last);
    this.last = extent;
  }

  /** All extents so far. */
  extents(): Extent[] {
    return this.last === null ? [...this.complete] : [...this.complete, this.last];
  }

  private continues(last: Extent, next: Extent): boolean {
    if (last.vaPage + last.pages !== next.vaPage || !areAlike(last, next)) return false;
    return isWithoutFrame(next) || last.pfn + last.pages === next.pfn;
  }
}
