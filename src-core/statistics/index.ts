export { type EncodedHistogram, Histogram, type HistogramBucket } from './histogram.ts';
export { summariseHistogram, type Summary } from './summary.ts';
export { meanOf, medianOf, type Statistic } from './averages.ts';
export {
  bootstrapDifference,
  bootstrapInterval,
  type BootstrapOptions,
  type Interval,
  isIndistinguishable,
  type Pairing,
} from './intervals.ts';
export { measureCliffsDelta, type RankTest, testMannWhitney } from './rank-test.ts';
