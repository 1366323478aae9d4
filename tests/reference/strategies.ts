import { addNew, addPages } from './adding.ts';
import { runBioLoop, runWholeRange } from './bio-loop.ts';
import type { Bio } from './bios.ts';
import {
  extractBatch,
  extractBelowPages,
  extractBelowRuns,
  extractIntoCaller,
  extractPointers,
  extractVecBatched,
  extractVecEach,
} from './calls.ts';
import type { Extract } from './calls.ts';
import type { Release } from './completion.ts';
import type { Ledger } from './ledger.ts';
import type { Range } from './memory.ts';
import type { Kernel, ReferenceRequest } from './types.ts';

export type Strategy = {
  readonly parameters: ReferenceRequest['parameters'];
  /** Whose rules apply, and with which kind of reference. */
  readonly kernel: Kernel;
  readonly kind: 'get' | 'pin';
  /** One direct I/O: every extract call, and the bios it ends up in. */
  readonly buildBios: (ledger: Ledger, range: Range, path: 'async' | 'sync') => Bio[];
  readonly release: Release;
  /** One call of gup_test or of a registration, and what it holds afterwards. */
  readonly extract: Extract;
  readonly holds: 'array' | 'one' | 'pages';
};

type Parameters = ReferenceRequest['parameters'];

/** The presets that the reference models. */
export const modelledStrategies: readonly string[] = [
  'per-page',
  'folio-add',
  'today',
  'folio-vec',
  'folio-batch',
  'folio-threshold',
];

/** Finds a preset and fills in the parameters it was not given. */
export function chooseStrategy(id: string, given: Parameters): Strategy {
  switch (id) {
    case 'per-page':
      return choosePerPage(withDefaults(id, given, { kernel: 'v6.11' }));
    case 'folio-add':
      return chooseFolioAdd(withDefaults(id, given, { kernel: 'v6.12' }));
    case 'today':
      return likeKernel(withDefaults(id, given, {}), 'v7.0', 'unpin per piece');
    case 'folio-vec':
      return chooseFolioVec(withDefaults(id, given, { visit: 'each' }));
    case 'folio-batch':
      return chooseFolioBatch(withDefaults(id, given, { entries: 31, form: 'range' }));
    case 'folio-threshold':
      return chooseFolioThreshold(withDefaults(id, given, { threshold: 32, unit: 'pages' }));
    default:
      throw new Error(`the reference models no strategy "${id}"`);
  }
}

function choosePerPage(parameters: Parameters): Strategy {
  switch (parameters['kernel']) {
    case 'v5.10':
      return likeKernel(parameters, 'v5.10', 'put per page');
    case 'v6.11':
      return likeKernel(parameters, 'v6.11', 'unpin per page');
    default:
      throw unknownValue('kernel', parameters);
  }
}

function chooseFolioAdd(parameters: Parameters): Strategy {
  const kernel = parameters['kernel'];
  if (kernel !== 'v6.12' && kernel !== 'v7.0') {
    throw unknownValue('kernel', parameters);
  }
  return likeKernel(parameters, kernel, 'unpin per piece');
}

/** What real kernels do: page pointers from the walk, then an add by page or by folio. */
function likeKernel(parameters: Parameters, kernel: Kernel, release: Release): Strategy {
  return {
    parameters,
    kernel,
    kind: kernel === 'v5.10' ? 'get' : 'pin',
    buildBios: (ledger, range, path) =>
      runBioLoop(
        path,
        range,
        (asked) => extractPointers(ledger, asked),
        (bio, { taken }) => {
          addPages(ledger, bio, taken, kernel);
        },
      ),
    release,
    extract: extractPointers,
    holds: 'array',
  };
}

/** What the proposals of runs have in common: the prototype was written for v6.11. */
const likePrototype = {
  kernel: 'v6.11',
  kind: 'pin',
  release: 'unpin one per piece',
  holds: 'one',
} as const;

function chooseFolioVec(parameters: Parameters): Strategy {
  switch (parameters['visit']) {
    case 'each':
      return {
        ...likePrototype,
        parameters,
        buildBios: byBioLoop(extractVecEach),
        extract: extractVecEach,
      };
    case 'batched':
      return {
        ...likePrototype,
        parameters,
        buildBios: byWholeRange(extractVecBatched),
        release: 'unpin per piece',
        extract: extractVecBatched,
        holds: 'pages',
      };
    default:
      throw unknownValue('visit', parameters);
  }
}

function chooseFolioBatch(parameters: Parameters): Strategy {
  const form = parameters['form'];
  if (form !== 'range' && form !== 'pointer') {
    throw unknownValue('form', parameters);
  }
  return {
    ...likePrototype,
    parameters,
    buildBios: byWholeRange(extractBatch(Number(parameters['entries']), form)),
    extract: extractIntoCaller(form),
  };
}

function chooseFolioThreshold(parameters: Parameters): Strategy {
  const threshold = Number(parameters['threshold']);
  const unit = parameters['unit'];
  if (unit !== 'pages' && unit !== 'runs') {
    throw unknownValue('unit', parameters);
  }
  const extract = unit === 'pages' ? extractBelowPages(threshold) : extractBelowRuns(threshold);
  return { ...likePrototype, parameters, buildBios: byBioLoop(extract), extract };
}

/** The bio loop, with a vector for each run. */
function byBioLoop(extract: Extract): Strategy['buildBios'] {
  return (ledger, range, path) =>
    runBioLoop(
      path,
      range,
      (asked) => extract(ledger, asked),
      (bio, { runs }) => {
        for (const run of runs) {
          addNew(ledger, bio, run);
        }
      },
    );
}

/** Calls for the whole range, with a vector for each run. */
function byWholeRange(extract: Extract): Strategy['buildBios'] {
  return (ledger, range, path) =>
    runWholeRange(
      path,
      range,
      (asked) => extract(ledger, asked),
      (bio, run) => {
        addNew(ledger, bio, run);
      },
    );
}

function withDefaults(id: string, given: Parameters, defaults: Parameters): Parameters {
  for (const name of Object.keys(given)) {
    if (!(name in defaults)) {
      throw new Error(`the reference models no parameter "${name}" of ${id}`);
    }
  }
  return { ...defaults, ...given };
}

function unknownValue(name: string, parameters: Parameters): Error {
  return new Error(`the reference models no ${name} "${String(parameters[name])}"`);
}
