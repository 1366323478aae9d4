/** One value to choose, with its words. */
export type Choice = {
  readonly value: string | number | boolean;
  readonly title: string;
  readonly meaning?: string;
};
