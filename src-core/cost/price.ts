import { PHASES, PHASE_INDEX, PHASE_STRIDE, PRICED } from '../counting/events.ts';
import type { Ledger, Phase } from '../counting/events.ts';
import { recordFromKeys } from '../records.ts';
import type { Policies } from '../strategy/policies.ts';
import type { BuildName, CostModel, TracerBuild } from './cost-model.ts';
import { buildOf, countTracedCalls, tracedRoots } from './tracer.ts';
import type { TracedFigures } from './tracer.ts';

/** Phases inside bio_iov_iter_get_pages(), which the traces of the 2024 talk time. */
export const EXTRACT_PHASES: readonly Phase[] = ['walk', 'grab', 'record', 'allocate', 'add'];

/** Turns the counts of one I/O into nanoseconds. */
export type Pricer = {
  readonly build: BuildName;
  readonly tracer: TracerBuild;
  /**
   * Prices one I/O.
   *
   * @param ledger   Counts by phase.
   * @param figures  Calls and bios of the same I/O, which only the tracer asks for.
   * @param target   Overwritten: nanoseconds by phase, in the order of `PHASES`.
   */
  readonly price: (ledger: Ledger, figures: TracedFigures, target: Float64Array) => void;
};

/**
 * Prepares the prices of a cost model for one composition.
 *
 * With the tracer on, each traced call adds what function_graph costs, less the exit of the outermost
 * function, which is timed by nobody.
 *
 * @source SPEC rules COST-1 to COST-3, TRC-1.
 */
export function createPricer(
  model: CostModel,
  policies: Policies,
  tracerMode: 'off' | 'function-graph',
): Pricer {
  const prices = Float64Array.from(PRICED, (name) => model.prices[name]);
  const build = buildOf(policies);
  const tracer = model.tracer[build];
  const scales = Float64Array.from(PHASES, (phase) =>
    EXTRACT_PHASES.includes(phase) ? tracer.ownTimeScale : 1,
  );
  const price = (ledger: Ledger, figures: TracedFigures, target: Float64Array): void => {
    for (let phase = 0; phase < scales.length; phase += 1) {
      let sum = 0;
      const start = phase * PHASE_STRIDE;
      for (let event = 0; event < PHASE_STRIDE; event += 1) {
        sum += ledger[start + event] * prices[event];
      }
      target[phase] = sum * scales[phase];
    }
    if (tracerMode === 'off') return;
    const calls = countTracedCalls(ledger, figures, policies, build);
    for (const phase of EXTRACT_PHASES) {
      target[PHASE_INDEX[phase]] += calls[phase] * (tracer.enterNs + tracer.exitNs);
    }
    target[PHASE_INDEX.walk] -= tracedRoots(figures) * tracer.exitNs;
  };
  return { build, tracer, price };
}

/** Nanoseconds by phase of one priced I/O. */
export function phasesFromPrices(target: Float64Array): Record<Phase, number> {
  return recordFromKeys(PHASES, (_phase, index) => target[index]);
}
