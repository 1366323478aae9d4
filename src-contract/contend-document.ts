import { CORE_VERSION } from '#core';
import type { ContentionResult } from '#core';

/** What `schema` says in a contention as JSON. */
export const CONTEND_SCHEMA = 'folio-lab/contend@1';

/** What threads are put beside each other for. */
export const CONTENTIONS = ['db2-2008', 'munmap', 'pinners'] as const;
export type ContentionName = (typeof CONTENTIONS)[number];

/** What a contention is run for, from all its setups. */
export type ContendFigure = {
  readonly name: string;
  readonly meaning: string;
  readonly unit: '%' | 'calls' | 'times';
  /** Null where no operation ended that it could be told of. */
  readonly value: number | null;
  /** What was published, whatever the parameters; null where nothing was. */
  readonly published: number | null;
};

/** What was asked for, and what came of each setup. */
export type ContendReport = {
  readonly what: ContentionName;
  /** By name; a name that ends in `Ns` and the prices of a line are in nanoseconds. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Names of parameters that differ from what they are unless set. */
  readonly changed: readonly string[];
  /** Names of parameters whose value was fitted to a published or measured figure. */
  readonly fitted: readonly string[];
  readonly figures: readonly ContendFigure[];
  readonly simulated: readonly { readonly setup: string; readonly result: ContentionResult }[];
};

/** Threads beside each other, as `contend --json` prints it. Every key is always there. */
export type ContendDocument = Omit<ContendReport, 'simulated'> & {
  readonly schema: typeof CONTEND_SCHEMA;
  readonly coreVersion: string;
  /** Threads that do the same, in the order of the setups. */
  readonly groups: readonly {
    readonly setup: string;
    readonly name: string;
    readonly threads: number;
    /** Those that ended while the threads were watched. */
    readonly operations: number;
    readonly operationsPerSecond: number;
    /** Unit: nanoseconds. Null where no operation ended. */
    readonly latencyNs: {
      readonly p50: number;
      readonly p99: number;
      readonly max: number;
    } | null;
    /** Of the threads' time, 0 to 1; together 1. */
    readonly shares: {
      readonly running: number;
      readonly lockWait: number;
      readonly idle: number;
    };
  }[];
  /** Over all threads of a setup, most time first. */
  readonly samples: readonly {
    readonly setup: string;
    readonly function: string;
    readonly ns: number;
    /** Of all time on processors, 0 to 1. */
    readonly share: number;
  }[];
  /** How often something that is counted was reached. */
  readonly counters: readonly {
    readonly setup: string;
    readonly counter: string;
    readonly count: number;
  }[];
};

type ContendGroup = ContendDocument['groups'][number];

function groupsOf(setup: string, { groups }: ContentionResult): ContendGroup[] {
  return groups.map(({ latency, ...group }) => ({
    setup,
    name: group.name,
    threads: group.threads,
    operations: group.operations,
    operationsPerSecond: group.operationsPerSecond,
    latencyNs:
      latency.count === 0
        ? null
        : {
            p50: latency.percentileNs(0.5),
            p99: latency.percentileNs(0.99),
            max: latency.maxNs,
          },
    shares: {
      // A sum of many times may be a hair more than their whole.
      running: Math.min(1, group.runningShare),
      lockWait: group.lockWaitShare,
      idle: group.idleShare,
    },
  }));
}

/** Turns what came of a contention into its JSON document. */
export function contendDocument(report: ContendReport): ContendDocument {
  const { what, parameters, changed, fitted, figures, simulated } = report;
  return {
    schema: CONTEND_SCHEMA,
    coreVersion: CORE_VERSION,
    what,
    parameters: { ...parameters },
    changed: [...changed],
    fitted: [...fitted],
    figures: figures.map((figure) => ({ ...figure })),
    groups: simulated.flatMap(({ setup, result }) => groupsOf(setup, result)),
    samples: simulated.flatMap(({ setup, result }) =>
      result.functions.map(({ function: charged, ns, share }) => {
        return { setup, function: charged, ns, share };
      }),
    ),
    counters: simulated.flatMap(({ setup, result }) =>
      Object.entries(result.counters).map(([counter, count]) => ({ setup, counter, count })),
    ),
  };
}
