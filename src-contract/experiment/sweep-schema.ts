import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { closedMap, listOf, oneOf, textLine } from '../schema-parts.ts';
import { workloadFields } from './workload-schema.ts';

/** Whether function_graph is on. */
export const tracerSchema = oneOf(['off', 'function-graph']);
/** Id of a cost model. */
export const costModelIdSchema = textLine('the id of a cost model, such as textbook');

function axisOf<Value extends z.core.SomeType>(value: Value) {
  return z.exactOptional(listOf(value, 'a list of at least one value'));
}

/** What is varied: every combination of the lists is one point, the last axis fastest. */
export const sweepSchema = closedMap({
  'workload.api': axisOf(workloadFields.api),
  'workload.operation': axisOf(workloadFields.operation),
  'workload.path': axisOf(workloadFields.path),
  'workload.blockSize': axisOf(workloadFields.blockSize),
  'workload.offset': axisOf(workloadFields.offset),
  'workload.logicalBlockSize': axisOf(workloadFields.logicalBlockSize),
  'workload.access': axisOf(workloadFields.access),
  'workload.count': axisOf(workloadFields.count),
  'workload.warmUp': axisOf(workloadFields.warmUp),
  'workload.threads': axisOf(workloadFields.threads),
  'workload.queueDepth': axisOf(workloadFields.queueDepth),
  'workload.device': axisOf(workloadFields.device),
  'workload.pagesPerCall': axisOf(workloadFields.pagesPerCall),
  costModel: axisOf(costModelIdSchema),
  tracer: axisOf(tracerSchema),
});

export type SweepOfFile = DeepReadonly<z.output<typeof sweepSchema>>;
