import { z } from 'zod';
import { APIS } from '#core';
import type { Device, ServiceTime, Workload } from '#core';
import type { DeepReadonly } from '../deep-readonly.ts';
import { allowing, closedMap, numberBetween, oneOf, wholeNumber } from '../schema-parts.ts';
import { sizeWithin, timeWithin } from './sizes.ts';

const KIB = 1024;
const GIB = 1024 * 1024 * KIB;
const HOUR_NS = 3_600_000_000_000;
const MOST_IOS = 1_000_000_000;

const serviceSchema = closedMap({
  distribution: oneOf(['constant', 'exponential', 'log-normal']).describe('its distribution'),
  /** Unit once read: nanoseconds. */
  mean: timeWithin(0, HOUR_NS).describe('its mean'),
  sigma: z.exactOptional(
    numberBetween(0, 3).describe('for log-normal: standard deviation of the logarithm'),
  ),
}).superRefine((service, context) => {
  const needsSigma = service.distribution === 'log-normal';
  if (needsSigma === (service.sigma !== undefined)) return;
  context.addIssue({
    code: 'custom',
    path: ['sigma'],
    message: needsSigma
      ? 'is missing; distribution log-normal takes a number from 0 to 3'
      : `distribution ${service.distribution} takes no sigma; allowed: only with log-normal`,
  });
});

const deviceSchema = closedMap({
  parallelism: wholeNumber(1, 65_536).default(1).describe('I/Os worked on at once'),
  service: serviceSchema.describe('how long the device works on one I/O'),
});

const logicalBlockSchema = sizeWithin({ least: 512, most: 65_536, step: 512 }).refine(
  (bytes) => (bytes & (bytes - 1)) === 0,
  allowing('a power of two from 512 to 64KiB'),
);

/** The figures of a workload, each by itself; the sweep and the selections of `expect` take them too. */
export const workloadFields = {
  api: oneOf(APIS),
  operation: oneOf(['read', 'write']),
  path: oneOf(['async', 'sync']),
  blockSize: sizeWithin({ least: 512, most: 64 * GIB, step: 512 }),
  offset: sizeWithin({ least: 0, most: 64 * GIB, step: 512 }),
  logicalBlockSize: logicalBlockSchema,
  access: oneOf(['random', 'sequential']),
  count: wholeNumber(1, MOST_IOS),
  warmUp: wholeNumber(0, MOST_IOS),
  threads: wholeNumber(1, 1024),
  queueDepth: wholeNumber(1, 65_536),
  device: z.nullable(deviceSchema),
  pagesPerCall: wholeNumber(1, 16_777_216),
};

/** Who pins what, as an experiment file says it. Sizes are bytes and times nanoseconds once read. */
export const workloadSchema = closedMap({
  api: workloadFields.api
    .default('direct-io')
    .describe('who pins: direct I/O with a bio, gup_test, or registration of a buffer'),
  operation: workloadFields.operation.describe(
    'read from the device writes memory, write to it reads memory',
  ),
  path: workloadFields.path.default('async').describe('asynchronous, or synchronous block I/O'),
  blockSize: workloadFields.blockSize.describe('length of one I/O'),
  offset: workloadFields.offset.prefault(0).describe('added to each block-aligned offset'),
  logicalBlockSize: workloadFields.logicalBlockSize
    .prefault(512)
    .describe('what the device addresses; block size and offset are multiples of it'),
  access: workloadFields.access.default('random').describe('how offsets follow each other'),
  count: workloadFields.count.default(100_000).describe('I/Os that are measured'),
  warmUp: workloadFields.warmUp.default(1_000).describe('I/Os before measuring starts'),
  threads: workloadFields.threads.default(1).describe('threads, each with its own queue'),
  queueDepth: workloadFields.queueDepth
    .default(1)
    .describe('I/Os in flight for each thread; more than 1 needs a device and path async'),
  device: workloadFields.device
    .prefault(null)
    .describe('what works on the I/Os; without one each completes at once'),
  pagesPerCall: workloadFields.pagesPerCall
    .default(512)
    .describe('for gup-test: pages that one call pins'),
});

export type WorkloadOfFile = DeepReadonly<z.output<typeof workloadSchema>>;

function serviceFromFile(service: DeepReadonly<z.output<typeof serviceSchema>>): ServiceTime {
  const { distribution, mean, sigma } = service;
  return distribution === 'log-normal'
    ? { distribution, meanNs: mean, sigma: sigma ?? 0 }
    : { distribution, meanNs: mean };
}

function deviceFromFile(device: DeepReadonly<z.output<typeof deviceSchema>>): Device {
  return { parallelism: device.parallelism, service: serviceFromFile(device.service) };
}

/** The key of an experiment file for each figure of a workload. */
export const KEY_OF_WORKLOAD: Readonly<Record<keyof Workload, keyof WorkloadOfFile>> = {
  api: 'api',
  operation: 'operation',
  path: 'path',
  blockBytes: 'blockSize',
  offsetBytes: 'offset',
  logicalBlockBytes: 'logicalBlockSize',
  access: 'access',
  count: 'count',
  warmUpCount: 'warmUp',
  threads: 'threads',
  queueDepth: 'queueDepth',
  device: 'device',
  pagesPerCall: 'pagesPerCall',
};

/** The workload the core simulates. */
export function workloadFromFile(file: WorkloadOfFile): Workload {
  return {
    api: file.api,
    operation: file.operation,
    path: file.path,
    blockBytes: file.blockSize,
    offsetBytes: file.offset,
    logicalBlockBytes: file.logicalBlockSize,
    access: file.access,
    count: file.count,
    warmUpCount: file.warmUp,
    threads: file.threads,
    queueDepth: file.queueDepth,
    device: file.device === null ? null : deviceFromFile(file.device),
    pagesPerCall: file.pagesPerCall,
  };
}
