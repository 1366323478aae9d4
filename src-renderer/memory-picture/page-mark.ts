/** Pages that another view points at: the range of an I/O, or the pages of one step. */
export type PageMark = {
  readonly firstPage: number;
  readonly pages: number;
  /** What they are, in a word or two. */
  readonly title: string;
  readonly tone: 'range' | 'step';
};
