/**
 * A queue ordered by time: the earliest entry comes out first, equal times in the order in which they
 * went in. Entries are whole numbers that mean something to the caller.
 */
export class TimeHeap {
  private readonly times: Float64Array;
  private readonly entries: Int32Array;
  private readonly orders: Float64Array;
  private pushed = 0;
  size = 0;

  /** @param capacity  Most entries at once, at least 1. */
  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.entries = new Int32Array(capacity);
    this.orders = new Float64Array(capacity);
  }

  /** Time of the earliest entry; Infinity when there is none. */
  get earliest(): number {
    return this.size === 0 ? Infinity : this.times[0];
  }

  push(time: number, entry: number): void {
    let at = this.size;
    this.size += 1;
    const order = this.pushed;
    this.pushed += 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.isLater(parent, time, order)) break;
      this.move(parent, at);
      at = parent;
    }
    this.put(at, time, entry, order);
  }

  /** Takes the earliest entry out. There must be one. */
  pop(): number {
    const entry = this.entries[0];
    this.size -= 1;
    const last = this.size;
    const time = this.times[last];
    const order = this.orders[last];
    const moved = this.entries[last];
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= last) break;
      if (child + 1 < last && this.isLater(child, this.times[child + 1], this.orders[child + 1])) {
        child += 1;
      }
      if (this.isLater(child, time, order)) break;
      this.move(child, at);
      at = child;
    }
    this.put(at, time, moved, order);
    return entry;
  }

  private isLater(at: number, time: number, order: number): boolean {
    return this.times[at] > time || (this.times[at] === time && this.orders[at] > order);
  }

  private move(from: number, to: number): void {
    this.put(to, this.times[from], this.entries[from], this.orders[from]);
  }

  private put(at: number, time: number, entry: number, order: number): void {
    this.times[at] = time;
    this.entries[at] = entry;
    this.orders[at] = order;
  }
}
