import { normalProbability } from '../normal-distribution.ts';
import { requireSample } from './averages.ts';

/** The outcome of a Mann-Whitney U test. */
export type RankTest = {
  /**
   * Pairs of one value of each sample in which the candidate's is larger; a tie counts one half.
   * From 0 to the product of the sample sizes.
   */
  readonly u: number;
  /** The two-sided probability of a U at least as far from the middle if nothing differs. */
  readonly pValue: number;
  readonly method: 'exact' | 'normal';
};

/** Up to so many values together every arrangement is counted; C(50, 25) is below 2^53. */
const MOST_EXACT_VALUES = 50;

/** Both samples in one ascending row. */
type Ranking = {
  /** Twice the rank of each value, from 2: ties share the mean of their ranks. Whole numbers. */
  readonly doubledRanks: Uint32Array;
  /** Twice the sum of the candidate's ranks. */
  readonly doubledRankSum: number;
  /** Sum of t³ - t over groups of t equal values. */
  readonly tieTerm: number;
};

function rankTogether(baseline: ArrayLike<number>, candidate: ArrayLike<number>): Ranking {
  const marked = [
    ...Array.from(baseline, (value) => ({ value, isCandidate: false })),
    ...Array.from(candidate, (value) => ({ value, isCandidate: true })),
  ].sort((left, right) => left.value - right.value);
  const doubledRanks = new Uint32Array(marked.length);
  let doubledRankSum = 0;
  let tieTerm = 0;
  for (let first = 0; first < marked.length;) {
    let next = first + 1;
    while (next < marked.length && marked[next].value === marked[first].value) {
      next++;
    }
    const doubledRank = first + 1 + next;
    for (let at = first; at < next; at++) {
      doubledRanks[at] = doubledRank;
      doubledRankSum += marked[at].isCandidate ? doubledRank : 0;
    }
    const tied = next - first;
    tieTerm += tied * tied * tied - tied;
    first = next;
  }
  return { doubledRanks, doubledRankSum, tieTerm };
}

/**
 * The probability of a rank sum at least as extreme when every choice of `chosen` values is equally
 * likely: twice the smaller of both tails. Counts the choices by their size and sum, ties included.
 */
function countExactly(ranking: Ranking, chosen: number): number {
  const { doubledRanks, doubledRankSum } = ranking;
  const largestSum = doubledRanks.reduce((sum, rank) => sum + rank, 0);
  const width = largestSum + 1;
  const ways = new Float64Array((chosen + 1) * width);
  ways[0] = 1;
  for (const rank of doubledRanks) {
    // From large to small, so that no value is chosen twice.
    for (let size = chosen; size > 0; size--) {
      for (let sum = largestSum; sum >= rank; sum--) {
        ways[size * width + sum] += ways[(size - 1) * width + sum - rank];
      }
    }
  }
  let all = 0;
  let atMost = 0;
  let atLeast = 0;
  for (let sum = 0; sum <= largestSum; sum++) {
    const count = ways[chosen * width + sum];
    all += count;
    atMost += sum <= doubledRankSum ? count : 0;
    atLeast += sum >= doubledRankSum ? count : 0;
  }
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / all);
}

/** The normal approximation with corrections for ties and for continuity. */
function approximate(u: number, baseline: number, candidate: number, tieTerm: number): number {
  const total = baseline + candidate;
  const variance = ((baseline * candidate) / 12) * (total + 1 - tieTerm / (total * (total - 1)));
  const distance = Math.max(0, Math.abs(u - (baseline * candidate) / 2) - 0.5);
  return variance === 0 ? 1 : Math.min(1, 2 * normalProbability(-distance / Math.sqrt(variance)));
}

function uFromRankSum(doubledRankSum: number, candidateLength: number): number {
  return (doubledRankSum - candidateLength * (candidateLength + 1)) / 2;
}

/**
 * Tests whether one sample tends to larger values than the other (Mann-Whitney U, two-sided).
 *
 * Up to 50 values together the p-value is exact, with ties too; beyond, it is the normal
 * approximation with corrections for ties and continuity. Replicates that share their seeds are
 * not independent: the test then errs on the side of seeing no difference.
 *
 * @param baseline   One figure per replicate, all finite; never single simulated I/Os.
 * @param candidate  As `baseline`.
 * @throws {ModelError} `out-of-range` for an empty sample or a value that is not finite.
 * @source H. B. Mann and D. R. Whitney, Ann. Math. Stat. 18 (1947); SPEC rule STAT-4.
 */
export function testMannWhitney(
  baseline: ArrayLike<number>,
  candidate: ArrayLike<number>,
): RankTest {
  requireSample(baseline);
  requireSample(candidate);
  const ranking = rankTogether(baseline, candidate);
  const u = uFromRankSum(ranking.doubledRankSum, candidate.length);
  if (baseline.length + candidate.length <= MOST_EXACT_VALUES) {
    return { u, pValue: countExactly(ranking, candidate.length), method: 'exact' };
  }
  const pValue = approximate(u, baseline.length, candidate.length, ranking.tieTerm);
  return { u, pValue, method: 'normal' };
}

/**
 * Measures how far two samples lie apart, whatever their unit (Cliff's delta): the share of pairs
 * in which the candidate is larger less the share in which it is smaller.
 *
 * @param baseline   One figure per replicate, all finite.
 * @param candidate  As `baseline`.
 * @returns From -1 (every candidate smaller) over 0 (no tendency) to 1 (every candidate larger).
 * @throws {ModelError} `out-of-range` for an empty sample or a value that is not finite.
 * @source N. Cliff, Psychological Bulletin 114 (1993); SPEC rule STAT-5.
 */
export function measureCliffsDelta(
  baseline: ArrayLike<number>,
  candidate: ArrayLike<number>,
): number {
  requireSample(baseline);
  requireSample(candidate);
  const { doubledRankSum } = rankTogether(baseline, candidate);
  const u = uFromRankSum(doubledRankSum, candidate.length);
  return (2 * u) / (baseline.length * candidate.length) - 1;
}
