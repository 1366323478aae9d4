import type { Io } from './bio-loop.ts';
import type { Bio } from './bios.ts';
import type { Release } from './completion.ts';
import {
  runFolioBatch,
  runFolioVecBatched,
  runFolioVecEach,
  runThresholdInPages,
  runThresholdInRuns,
} from './folio-strategies.ts';
import type { Ledger } from './ledger.ts';
import { runKernel } from './page-strategies.ts';
import type { ReferenceRequest } from './types.ts';

export type Strategy = {
  readonly parameters: ReferenceRequest['parameters'];
  readonly run: (ledger: Ledger, io: Io) => Bio[];
  readonly release: Release;
};

/** Finds a preset and fills in the parameters it was not given. */
export function chooseStrategy(id: string, given: ReferenceRequest['parameters']): Strategy {
  switch (id) {
    case 'per-page':
      return choosePerPage(withDefaults(id, given, { kernel: 'v6.11' }));
    case 'folio-add':
      return chooseFolioAdd(withDefaults(id, given, { kernel: 'v6.12' }));
    case 'today':
      return {
        parameters: withDefaults(id, given, {}),
        run: (ledger, io) => runKernel(ledger, io, 'v7.0'),
        release: 'unpin per piece',
      };
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

function choosePerPage(parameters: ReferenceRequest['parameters']): Strategy {
  switch (parameters['kernel']) {
    case 'v5.10':
      return {
        parameters,
        run: (ledger, io) => runKernel(ledger, io, 'v5.10'),
        release: 'put per page',
      };
    case 'v6.11':
      return {
        parameters,
        run: (ledger, io) => runKernel(ledger, io, 'v6.11'),
        release: 'unpin per page',
      };
    default:
      throw unknownValue('kernel', parameters);
  }
}

function chooseFolioAdd(parameters: ReferenceRequest['parameters']): Strategy {
  const kernel = parameters['kernel'];
  if (kernel !== 'v6.12' && kernel !== 'v7.0') {
    throw unknownValue('kernel', parameters);
  }
  return {
    parameters,
    run: (ledger, io) => runKernel(ledger, io, kernel),
    release: 'unpin per piece',
  };
}

function chooseFolioVec(parameters: ReferenceRequest['parameters']): Strategy {
  switch (parameters['visit']) {
    case 'each':
      return { parameters, run: runFolioVecEach, release: 'unpin one per piece' };
    case 'batched':
      return { parameters, run: runFolioVecBatched, release: 'unpin per piece' };
    default:
      throw unknownValue('visit', parameters);
  }
}

function chooseFolioBatch(parameters: ReferenceRequest['parameters']): Strategy {
  const entries = Number(parameters['entries']);
  const form = parameters['form'];
  if (form !== 'range' && form !== 'pointer') {
    throw unknownValue('form', parameters);
  }
  return {
    parameters,
    run: (ledger, io) => runFolioBatch(ledger, io, entries, form),
    release: 'unpin one per piece',
  };
}

function chooseFolioThreshold(parameters: ReferenceRequest['parameters']): Strategy {
  const threshold = Number(parameters['threshold']);
  switch (parameters['unit']) {
    case 'pages':
      return {
        parameters,
        run: (ledger, io) => runThresholdInPages(ledger, io, threshold),
        release: 'unpin one per piece',
      };
    case 'runs':
      return {
        parameters,
        run: (ledger, io) => runThresholdInRuns(ledger, io, threshold),
        release: 'unpin one per piece',
      };
    default:
      throw unknownValue('unit', parameters);
  }
}

function withDefaults(
  id: string,
  given: ReferenceRequest['parameters'],
  defaults: ReferenceRequest['parameters'],
): ReferenceRequest['parameters'] {
  for (const name of Object.keys(given)) {
    if (!(name in defaults)) {
      throw new Error(`the reference models no parameter "${name}" of ${id}`);
    }
  }
  return { ...defaults, ...given };
}

function unknownValue(name: string, parameters: ReferenceRequest['parameters']): Error {
  return new Error(`the reference models no ${name} "${String(parameters[name])}"`);
}
