import { PHASES } from '../counting/events.ts';
import type { Trial } from '../experiment/experiment.ts';
import { FACTOR_INDEX_SHIFT, buildLogNormalFactors } from '../factor-tables.ts';
import { seedStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import { workloadText } from '../experiment/trial-id.ts';
import type { IoCosts } from './io-costs.ts';
import type { OffsetSpace } from './offset-space.ts';

/** I/Os that are drawn and priced in one go: small enough to stay in the first cache level. */
export const BATCH_SIZE = 256;

const PHASE_COUNT = PHASES.length;

/** Names that tell the random streams of one trial apart. */
type StreamName = 'offsets' | 'service' | (typeof PHASES)[number];

/**
 * A random stream of a trial. It does not depend on the strategy, so that strategies are compared on
 * the same I/Os.
 *
 * @source SPEC rule SIM-3.
 */
export function streamFor(trial: Trial, name: StreamName): RandomStream {
  const { seed, replicate, layoutDigest, workload } = trial;
  return seedStream(seed, replicate, layoutDigest, workloadText(workload), name);
}

/** Draws I/Os in batches and gives each phase of each its duration. */
export class IoStream {
  /** Slot of each I/O of the batch in `IoCosts`. */
  readonly slots = new Int32Array(BATCH_SIZE);
  /** Duration of each phase of each I/O of the batch, in the order of `PHASES`. Unit: nanoseconds. */
  readonly phases: readonly Float64Array[] = PHASES.map(() => new Float64Array(BATCH_SIZE));

  private readonly costs: IoCosts;
  private readonly size: number;
  private readonly isRandom: boolean;
  private readonly offsets: RandomStream;
  private readonly jitter: readonly RandomStream[];
  private readonly factors: Float64Array;
  private readonly draws = new Uint32Array(BATCH_SIZE);
  private nextIndex = 0;

  constructor(trial: Trial, space: OffsetSpace, costs: IoCosts) {
    this.costs = costs;
    this.size = space.size;
    this.isRandom = trial.workload.access === 'random';
    this.offsets = streamFor(trial, 'offsets');
    this.jitter = PHASES.map((phase) => streamFor(trial, phase));
    this.factors = buildLogNormalFactors(trial.costModel.jitter.sigma);
  }

  /** Draws the next `length` I/Os, at most `BATCH_SIZE`. */
  draw(length: number): void {
    this.drawSlots(length);
    for (let phase = 0; phase < PHASE_COUNT; phase += 1) this.drawPhase(phase, length);
  }

  private drawSlots(length: number): void {
    const { slots, costs, offsets, size } = this;
    for (let at = 0; at < length; at += 1) {
      let index = this.nextIndex;
      if (this.isRandom) {
        index = offsets.nextIndex(size);
      } else {
        this.nextIndex = index + 1 === size ? 0 : index + 1;
      }
      slots[at] = costs.slotOf(index);
    }
  }

  /** Every phase draws for every I/O, also where it costs nothing: streams stay in step. */
  private drawPhase(phase: number, length: number): void {
    const { slots, draws, factors } = this;
    const { prices } = this.costs;
    const target = this.phases[phase];
    this.jitter[phase].fill(draws);
    for (let at = 0; at < length; at += 1) {
      target[at] =
        prices[slots[at] * PHASE_COUNT + phase] * factors[draws[at] >>> FACTOR_INDEX_SHIFT];
    }
  }
}
