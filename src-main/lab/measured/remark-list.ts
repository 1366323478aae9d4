import type { Remark } from '#contract';

/** Further remarks are counted. */
const MOST_REMARKS = 20;

/** Collects what an importer has to say about a file; the list stays short however long the file is. */
export class RemarkList {
  private readonly said: Remark[] = [];
  private unsaid = 0;

  add(line: number | null, text: string): void {
    if (this.said.length < MOST_REMARKS) this.said.push({ line, text });
    else this.unsaid += 1;
  }

  list(): readonly Remark[] {
    if (this.unsaid === 0) return this.said;
    return [...this.said, { line: null, text: `${this.unsaid} further remarks are left out.` }];
  }
}
