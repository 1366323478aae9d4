import { quotedText } from './problem-list.ts';

/** A call as a listing shows it. */
export type ShownCall = {
  readonly kind: 'call';
  readonly line: number;
  readonly name: string;
  /** Null until the line that ends the call. */
  ns: number | null;
  /** What is listed between its braces. */
  readonly items: ListingItem[];
};

/** Says that what stands above comes so often. */
export type RepeatMark = { readonly kind: 'mark'; readonly line: number; readonly times: number };

export type ListingItem = ShownCall | RepeatMark;

/** A listing as it stands in the text. */
export type ShownListing = {
  readonly cpu: number;
  readonly firstLine: number;
  lastLine: number;
  readonly items: ListingItem[];
  /** The first line with spaces in the name of a function, and how many there are. */
  spacedLine: number;
  spacedNames: number;
  /** The first closing brace that does not stand below the function it closes. */
  askewLine: number;
};

const CALL_LINE =
  /^\s*(\d{1,5})\)\s*(?:[+!#*@$]\s*)?(?:(\d{1,12})(?:\.(\d{1,3}))? us)?\s*\|(\s*)(\S.*?)\s*$/;
const MARK_LINE = /^\s*(?:\d{1,5}\)\s*)?<-+\s*(\d{1,6})\s*times\s*-+>\s*$/;
const CALL = /^([A-Za-z_.][\w. ]{0,200}?) ?\(\)\s*(;|\{)$/;
/** A listing is made for readers; a longer text is a trace. */
const MOST_LISTED_CALLS = 20_000;
const MOST_LISTED_DEPTH = 64;

/** Whether a line is a mark such as `<-----32 times----->`. */
export function isRepeatMark(text: string): boolean {
  return text.length < 200 && MARK_LINE.test(text);
}

type OpenCall = { readonly call: ShownCall; readonly indent: number };

/** Finds the listings in a text and takes them apart; everything else in the text is passed over. */
export class ListingFinder {
  readonly listings: ShownListing[] = [];
  /** What is wrong with a listing; null where nothing is. */
  problem: { line: number; message: string } | null = null;
  private current: ShownListing | null = null;
  private open: OpenCall[] = [];
  private calls = 0;

  take(text: string, line: number): void {
    if (this.problem !== null || text.trim() === '' || text.length > 1000) return;
    const mark = MARK_LINE.exec(text);
    if (mark !== null) {
      this.takeMark(Number(mark[1]), line);
      return;
    }
    const columns = CALL_LINE.exec(text);
    if (columns === null) {
      this.leave(text, line);
      return;
    }
    const [, cpu = '', whole, decimals, indent = '', body = ''] = columns;
    const ns =
      whole === undefined ? null : Number(whole) * 1000 + Number((decimals ?? '').padEnd(3, '0'));
    this.takeBody(this.listingOn(Number(cpu), line), ns, indent.length, body, line);
  }

  /** Ends the text. */
  end(line: number): void {
    if (this.problem === null) this.leave('the end of the text', line);
  }

  private listingOn(cpu: number, line: number): ShownListing {
    const isOther = this.current?.cpu !== cpu && this.open.length === 0;
    const known = isOther ? null : this.current;
    const listing = known ?? {
      cpu,
      firstLine: line,
      lastLine: line,
      items: [],
      spacedLine: 0,
      spacedNames: 0,
      askewLine: 0,
    };
    if (known === null) this.listings.push(listing);
    listing.lastLine = line;
    this.current = listing;
    return listing;
  }

  private items(listing: ShownListing): ListingItem[] {
    return this.open.at(-1)?.call.items ?? listing.items;
  }

  private takeMark(times: number, line: number): void {
    const listing = this.current;
    if (listing === null || this.items(listing).every(({ kind }) => kind === 'mark')) {
      this.fail(
        line,
        `"${times} times" stands below no call; allowed: a mark below what it repeats`,
      );
      return;
    }
    this.items(listing).push({ kind: 'mark', line, times });
    listing.lastLine = line;
  }

  private takeBody(
    listing: ShownListing,
    ns: number | null,
    indent: number,
    body: string,
    line: number,
  ): void {
    if (body === '}') {
      this.close(listing, ns, indent, line);
      return;
    }
    const call = CALL.exec(body);
    const shown = call?.[1];
    if (shown === undefined) {
      this.fail(line, `found ${quotedText(body)}; allowed: "name();", "name() {" and "}"`);
      return;
    }
    if (shown.includes(' ')) {
      listing.spacedNames += 1;
      if (listing.spacedLine === 0) listing.spacedLine = line;
    }
    const name = shown.replaceAll(/ +/g, '_');
    const added: ShownCall = { kind: 'call', line, name, ns: null, items: [] };
    this.items(listing).push(added);
    this.calls += 1;
    if (call?.[2] === '{') this.open.push({ call: added, indent });
    else this.setTime(added, ns, line);
    if (this.calls > MOST_LISTED_CALLS || this.open.length > MOST_LISTED_DEPTH) {
      this.fail(
        line,
        `the listing has more than ${MOST_LISTED_CALLS} calls or is nested more than ${MOST_LISTED_DEPTH} deep; allowed: less`,
      );
    }
  }

  private close(listing: ShownListing, ns: number | null, indent: number, line: number): void {
    const closed = this.open.pop();
    if (closed === undefined) {
      this.fail(line, 'a brace closes no call; allowed: as many closing braces as opening ones');
      return;
    }
    if (closed.indent !== indent && listing.askewLine === 0) listing.askewLine = line;
    this.setTime(closed.call, ns, line);
  }

  private setTime(call: ShownCall, ns: number | null, line: number): void {
    if (ns === null) {
      this.fail(
        line,
        `the call of ${quotedText(call.name)} has no duration; allowed: a time such as "0.110 us"`,
      );
    }
    call.ns = ns;
  }

  /** A line that is no part of a listing: it ends, and must be complete. */
  private leave(text: string, line: number): void {
    const open = this.open.at(-1)?.call;
    if (open !== undefined) {
      this.fail(
        line,
        `found ${quotedText(text)} within ${quotedText(open.name)}, which begins in line ${open.line}; allowed: its calls and its closing brace`,
      );
    }
    this.current = null;
    this.open = [];
  }

  private fail(line: number, message: string): void {
    this.problem ??= { line, message };
  }
}
