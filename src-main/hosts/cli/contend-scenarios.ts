import {
  contentionProblem,
  DB2_2008_FIT,
  DB2_2008_PUBLISHED,
  db2FiguresOf,
  db2Setup,
  pinnersTogether,
  simulateContention,
  unmapBesidePinner,
} from '#core';
import type { ContentionMachine, ContentionResult, ContentionSetup, Pinner } from '#core';
import type { ContendFigure, ContendReport, ContentionName } from '#contract';
import { BadInput } from './bad-input.ts';
import { namesOf, readParameters } from './contend-parameters.ts';
import type { ParameterName, ParameterValues } from './contend-parameters.ts';

type MachineName =
  'coresPerSocket' | 'local' | 'otherCore' | 'otherSocket' | 'wakeNs' | 'deliverNs' | 'handleNs';
type PinnerName = 'threads' | 'pagesPerPin' | 'callNs' | 'pageNs' | 'restNs' | 'betweenNs';
type WatchName = 'measuredNs' | 'seed';

type Simulated = ContendReport['simulated'][number];

/** Setups that are told apart by what they have, and what is read from them. */
type Scenario<Name extends ParameterName> = {
  readonly initial: ParameterValues<Name>;
  readonly fitted: readonly Name[];
  /** By name, in order. */
  readonly setups: (values: ParameterValues<Name>) => Readonly<Record<string, ContentionSetup>>;
  /** From the results in the order of the setups. */
  readonly figures: (simulated: readonly Simulated[]) => readonly ContendFigure[];
};

function machineFrom(values: ParameterValues<MachineName>): ContentionMachine {
  const { coresPerSocket, deliverNs, handleNs, local, otherCore, otherSocket, wakeNs } = values;
  return {
    coresPerSocket,
    lockOperation: { local, otherCore, otherSocket },
    wakeNs,
    interrupt: { deliverNs, handleNs },
  };
}

function valuesFromMachine(machine: ContentionMachine): ParameterValues<MachineName> {
  const { coresPerSocket, interrupt, lockOperation, wakeNs } = machine;
  return { coresPerSocket, ...lockOperation, wakeNs, ...interrupt };
}

function pinnerFrom({ pagesPerPin, ...values }: ParameterValues<PinnerName>): Pinner {
  const { betweenNs, callNs, pageNs, restNs } = values;
  return { pages: pagesPerPin, callNs, pageNs, restNs, betweenNs };
}

function ratio(after: number | undefined, before: number | undefined): number | null {
  if (after === undefined || before === undefined || before === 0) return null;
  return after / before;
}

function operationsOf(result: ContentionResult | undefined): number | undefined {
  return result?.groups.reduce((sum, { operations }) => sum + operations, 0);
}

const DB2_SETUP = db2Setup('locked', DB2_2008_FIT);

function db2FiguresFrom([before, after]: readonly Simulated[]): ContendFigure[] {
  if (before === undefined || after === undefined) return [];
  const found = db2FiguresOf(before.result, after.result);
  const samples = 'samples in __down_read and __up_read';
  const described = [
    ['throughputGainPercent', 'change of pins a second, fast-gup-2008 against gup-locked', '%'],
    ['lockSamplesBeforePercent', `${samples}, gup-locked`, '%'],
    ['lockSamplesAfterPercent', `${samples}, fast-gup-2008`, '%'],
    ['fastCalls', 'fast_gup: pins by the fast walk', 'calls'],
    ['slowCalls', 'fast_gup_slow: those that fell back', 'calls'],
  ] as const;
  return described.map(([name, meaning, unit]) => ({
    name,
    meaning,
    unit,
    // Where nothing was pinned without the patch, there is nothing to compare with.
    value: Number.isFinite(found[name]) ? found[name] : null,
    published: name === 'fastCalls' ? null : DB2_2008_PUBLISHED[name],
  }));
}

const DB2: Scenario<'threads' | keyof typeof DB2_2008_FIT | MachineName | WatchName> = {
  initial: {
    threads: DB2_SETUP.groups.reduce((sum, { threads }) => sum + threads, 0),
    ...DB2_2008_FIT,
    ...valuesFromMachine(DB2_SETUP.machine),
    measuredNs: DB2_SETUP.measuredNs,
    seed: DB2_SETUP.seed,
  },
  fitted: ['workNs', 'faultsPerPin', 'mapsPerPin'],
  setups: (values) => {
    const setupOf = (walk: 'locked' | 'fast'): ContentionSetup => {
      const setup = db2Setup(walk, values, values.seed, values.measuredNs);
      const groups = setup.groups.map((group) => ({ ...group, threads: values.threads }));
      return { ...setup, machine: machineFrom(values), groups };
    };
    return { 'gup-locked': setupOf('locked'), 'fast-gup-2008': setupOf('fast') };
  },
  figures: db2FiguresFrom,
};

/** A virtual machine with Linux 6.18 on an AMD EPYC (Zen 5), as SPEC rule CONT-11 has it. */
const EPYC: ParameterValues<MachineName | WatchName> = {
  ...{ coresPerSocket: 2, local: 4.9, otherCore: 25, otherSocket: 25 },
  ...{ wakeNs: 3000, deliverNs: 0, handleNs: 11_400 },
  ...{ measuredNs: 20_000_000, seed: 1 },
};

/** How much longer the median operation of a group takes in another setup. */
function slowdown(group: string, beside: Simulated | undefined, alone: Simulated | undefined) {
  const p50 = (simulated: Simulated | undefined): number | undefined => {
    const found = simulated?.result.groups.find(({ name }) => name === group);
    return found === undefined || found.operations === 0
      ? undefined
      : found.latency.percentileNs(0.5);
  };
  return ratio(p50(beside), p50(alone));
}

const MUNMAP: Scenario<PinnerName | 'beforeNs' | 'afterNs' | MachineName | WatchName> = {
  initial: {
    ...{ threads: 1, pagesPerPin: 256, callNs: 100, pageNs: 57.7, restNs: 650, betweenNs: 5100 },
    ...{ beforeNs: 4690, afterNs: 2000 },
    ...EPYC,
  },
  fitted: ['beforeNs', 'afterNs', 'deliverNs', 'handleNs'],
  setups: (values) => {
    const machine = machineFrom(values);
    const pinner = pinnerFrom(values);
    // `betweenNs` is the pinner's.
    const unmapper = { beforeNs: values.beforeNs, afterNs: values.afterNs };
    const both = unmapBesidePinner(machine, unmapper, pinner, values);
    const groups = both.groups.map((group) =>
      group.name === 'pin' ? { ...group, threads: values.threads } : group,
    );
    return {
      'munmap alone': unmapBesidePinner(machine, unmapper, null, values),
      'pin alone': pinnersTogether(machine, pinner, values.threads, null, values),
      'munmap beside pin': { ...both, groups },
    };
  },
  figures: ([unmapAlone, pinAlone, both]) => [
    {
      ...{ name: 'unmapSlowdown', meaning: 'p50 of munmap, beside a pinner against alone' },
      ...{ unit: 'times', value: slowdown('unmap', both, unmapAlone), published: null },
    },
    {
      ...{ name: 'pinSlowdown', meaning: 'p50 of a pin, beside munmap against alone' },
      ...{ unit: 'times', value: slowdown('pin', both, pinAlone), published: null },
    },
  ],
};

/** Of a page: reference, pins, mark. */
const LOCKED_OPERATIONS_OF_PAGE = 3;

const PINNERS: Scenario<PinnerName | 'folioOrder' | MachineName | WatchName> = {
  initial: {
    ...{ threads: 2, folioOrder: 9 },
    ...{ pagesPerPin: 256, callNs: 100, pageNs: 43, restNs: 0, betweenNs: 450 },
    ...EPYC,
  },
  fitted: ['otherCore'],
  setups: (values) => {
    const machine = machineFrom(values);
    const pinner = pinnerFrom(values);
    const alone = { ...pinner, pageNs: pinner.pageNs + LOCKED_OPERATIONS_OF_PAGE * values.local };
    const { threads } = values;
    return {
      'own pages': pinnersTogether(machine, alone, threads, null, values),
      'shared folio': pinnersTogether(machine, pinner, threads, values, values),
    };
  },
  figures: ([own, shared]) => {
    const gain = ratio(operationsOf(shared?.result), operationsOf(own?.result));
    return [
      {
        ...{ name: 'pinSlowdown', meaning: 'p50 of a pin, shared folio against own pages' },
        ...{ unit: 'times', value: slowdown('pin', shared, own), published: null },
      },
      {
        ...{
          name: 'throughputGainPercent',
          meaning: 'change of pins a second, shared folio against own pages',
        },
        ...{ unit: '%', value: gain === null ? null : 100 * (gain - 1), published: null },
      },
    ];
  },
};

function simulated(setups: Readonly<Record<string, ContentionSetup>>): Simulated[] {
  const problems = Object.values(setups).map(contentionProblem);
  const problem = problems.find((each) => each !== null) ?? null;
  if (problem !== null) throw new BadInput(`--set: ${problem}`);
  return Object.entries(setups).map(([setup, contention]) => {
    return { setup, result: simulateContention(contention) };
  });
}

type Asked = Readonly<Record<string, string>>;

function reporter<Name extends ParameterName>(what: ContentionName, scenario: Scenario<Name>) {
  const { figures, fitted, initial, setups } = scenario;
  return (asked: Asked): ContendReport => {
    const parameters = readParameters(initial, asked);
    const isChanged = (name: Name): boolean => parameters[name] !== initial[name];
    const results = simulated(setups(parameters));
    return {
      ...{ what, parameters },
      changed: namesOf(initial).filter(isChanged),
      fitted: fitted.filter((name) => !isChanged(name)),
      figures: figures(results),
      simulated: results,
    };
  };
}

/**
 * Simulates a contention; takes about a second.
 *
 * @param asked  Parameters as they were typed, by name.
 * @throws {BadInput} when one is unknown or out of range, or they do not fit together.
 */
export const CONTENTION_REPORTS: Readonly<Record<ContentionName, (asked: Asked) => ContendReport>> =
  {
    'db2-2008': reporter('db2-2008', DB2),
    munmap: reporter('munmap', MUNMAP),
    pinners: reporter('pinners', PINNERS),
  };
