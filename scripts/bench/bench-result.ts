/** One figure of a benchmark. */
export type BenchResult = { readonly name: string; readonly value: number; readonly unit: string };
