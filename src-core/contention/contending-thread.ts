import { seedStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import type { CompiledStep } from './compiled-program.ts';
import type { ContentionSetup } from './contention-setup.ts';

/** An interrupt on its way to a thread's processor. */
export type Arrival = { readonly timeNs: number; readonly sender: ContendingThread };

/** What a thread is at. The simulation changes it at every event. */
export type ContendingThread = {
  /** Also that of its processor. */
  readonly index: number;
  readonly group: number;
  readonly program: readonly CompiledStep[];
  /** For what it does, and for the lines it touches: the former is the same whatever the latter. */
  readonly random: RandomStream;
  readonly lineRandom: RandomStream;
  /** Position of the step it is at; -1 before the first. */
  at: number;
  /** When that step ends; Infinity while somebody else has to end it. Unit of times: nanoseconds. */
  readyNs: number;
  /** When it went to sleep for the lock, or began to wait for answers. */
  sinceNs: number;
  /** When its operation began. */
  begunNs: number;
  isAsleep: boolean;
  /** Asleep, idle or not started: other processors do not interrupt it. */
  isOffProcessor: boolean;
  isIrqOff: boolean;
  /** Waiting for other processors to answer. */
  isAwaiting: boolean;
  /** Interrupts to come, in the order of their times. */
  readonly arrivals: Arrival[];
  /** Who waits for it to have interrupts on. */
  held: ContendingThread[];
  /** What interrupts took since its step began. */
  stolenNs: number;
  /** When the last interrupt is dealt with. */
  interruptedUntilNs: number;
  /** Answers it waits for, and when the last of those that came is here. */
  unanswered: number;
  answeredNs: number;
};

/** A thread that has not begun; it does so at a time drawn below `startWithinNs`. */
export function createThread(
  index: number,
  group: number,
  program: readonly CompiledStep[],
  setup: Pick<ContentionSetup, 'seed' | 'startWithinNs'>,
): ContendingThread {
  const random = seedStream('contention', setup.seed, index);
  const lineRandom = seedStream('contention lines', setup.seed, index);
  const startNs = random.nextUnit() * setup.startWithinNs;
  return {
    ...{ index, group, program, random, lineRandom },
    ...{ at: -1, readyNs: startNs, sinceNs: 0, begunNs: startNs },
    ...{ isAsleep: false, isOffProcessor: true, isIrqOff: false, isAwaiting: false },
    ...{ arrivals: [], held: [], stolenNs: 0, interruptedUntilNs: 0 },
    ...{ unanswered: 0, answeredNs: 0 },
  };
}
