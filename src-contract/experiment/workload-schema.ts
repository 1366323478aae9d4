import { z } from 'zod';
import { APIS } from '#core';
import type { Device, ServiceTime, Workload } from '#core';
import { allowing, closedMap, numberBetween, oneOf, wholeNumber } from '../schema-parts.ts';
import { sizeWithin, timeWithin } from './sizes.ts';

const KIB = 1024;
const GIB = 1024 * 1024 * KIB;
const HOUR_NS = 3_600_000_000_000;
const MOST_IOS = 1_000_000_000;

const serviceSchema = closedMap({
  distribution: oneOf(['constant', 'exponential', 'log-normal']),
  /** Unit once read: nanoseconds. */
  mean: timeWithin(0, HOUR_NS),
  sigma: z.exactOptional(numberBetween(0, 3)),
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
  parallelism: wholeNumber(1, 65_536).default(1),
  service: serviceSchema,
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
  api: workloadFields.api.default('direct-io'),
  operation: workloadFields.operation,
  path: workloadFields.path.default('async'),
  blockSize: workloadFields.blockSize,
  offset: workloadFields.offset.default(0),
  logicalBlockSize: workloadFields.logicalBlockSize.default(512),
  access: workloadFields.access.default('random'),
  count: workloadFields.count.default(100_000),
  warmUp: workloadFields.warmUp.default(1_000),
  threads: workloadFields.threads.default(1),
  queueDepth: workloadFields.queueDepth.default(1),
  device: workloadFields.device.default(null),
  pagesPerCall: workloadFields.pagesPerCall.default(512),
});

export type WorkloadOfFile = z.output<typeof workloadSchema>;

function serviceFromFile(service: z.output<typeof serviceSchema>): ServiceTime {
  const { distribution, mean, sigma } = service;
  return distribution === 'log-normal'
    ? { distribution, meanNs: mean, sigma: sigma ?? 0 }
    : { distribution, meanNs: mean };
}

function deviceFromFile(device: z.output<typeof deviceSchema>): Device {
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
