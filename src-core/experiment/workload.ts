import type { Api } from '../counting/request.ts';
import { pagesOf } from '../counting/request.ts';

/** How long a device works on one I/O. */
export type ServiceTime =
  | { readonly distribution: 'constant'; readonly meanNs: number }
  | { readonly distribution: 'exponential'; readonly meanNs: number }
  /** `sigma`: standard deviation of the logarithm, 0 to 3. */
  | { readonly distribution: 'log-normal'; readonly meanNs: number; readonly sigma: number };

/** A device that works on `parallelism` I/Os at once and queues the rest in order. */
export type Device = { readonly parallelism: number; readonly service: ServiceTime };

/** Who pins what. */
export type Workload = {
  readonly api: Api;
  /** `read` from the device writes memory; `write` to the device reads it. */
  readonly operation: 'read' | 'write';
  readonly path: 'async' | 'sync';
  /** Length of one I/O, a multiple of `logicalBlockBytes`. Unit: bytes. */
  readonly blockBytes: number;
  /** Added to each block-aligned offset, below `blockBytes`, a multiple of `logicalBlockBytes`. */
  readonly offsetBytes: number;
  /** What the device addresses: a power of two from 512 to 65536. Unit: bytes. */
  readonly logicalBlockBytes: number;
  readonly access: 'random' | 'sequential';
  /** I/Os measured, at least 1. */
  readonly count: number;
  /** I/Os run before measuring starts. */
  readonly warmUpCount: number;
  /** Threads, each with its own queue; 1 to 1024. */
  readonly threads: number;
  /** I/Os in flight for each thread, 1 to 65536. More than 1 needs a device and the async path. */
  readonly queueDepth: number;
  /** Null: the I/O completes at once, as on a null block device. */
  readonly device: Device | null;
  /** For `gup-test`: pages one call pins, at least 1. Unit: base pages. */
  readonly pagesPerCall: number;
};

/** Where a workload contradicts itself. */
export type WorkloadProblem = { readonly key: keyof Workload; readonly message: string };

/**
 * Checks what single figures cannot show.
 *
 * @returns The first contradiction, or null.
 * @source SPEC rules WL-1 to WL-3.
 */
export function workloadProblem(workload: Workload): WorkloadProblem | null {
  const { blockBytes, offsetBytes, logicalBlockBytes, queueDepth, device, path } = workload;
  const multiple = (key: 'blockBytes' | 'offsetBytes', bytes: number): WorkloadProblem | null =>
    bytes % logicalBlockBytes === 0
      ? null
      : {
          key,
          message: `${bytes} bytes is not a multiple of the logical block size ${logicalBlockBytes}`,
        };
  if (offsetBytes >= blockBytes) {
    return {
      key: 'offsetBytes',
      message: `${offsetBytes} bytes is not below the block size ${blockBytes}`,
    };
  }
  if (queueDepth > 1 && device === null) {
    return {
      key: 'queueDepth',
      message: `${queueDepth} I/Os in flight need a device; without one each completes at once`,
    };
  }
  if (queueDepth > 1 && path === 'sync') {
    return {
      key: 'queueDepth',
      message: `${queueDepth} I/Os in flight need path async; a synchronous I/O waits for itself`,
    };
  }
  return multiple('blockBytes', blockBytes) ?? multiple('offsetBytes', offsetBytes);
}

/** Pages of one I/O of a workload. Unit: base pages. */
export function pagesPerIo(workload: Workload): number {
  return pagesOf({ offset: workload.offsetBytes, length: workload.blockBytes });
}
