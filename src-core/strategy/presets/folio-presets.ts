import type { Policies } from '../policies.ts';
import { ENTRIES, PROTOTYPE, TODAY } from './preset.ts';
import type { ParameterDescription, Parameters, Preset } from './preset.ts';

const CALLERS: ParameterDescription = {
  name: 'callers',
  meaning: 'callers that take ranges, or an array of pages made from them',
  initial: 'converted',
  values: ['converted', 'shim'],
};
const HOLES: ParameterDescription = {
  name: 'prototypeHoles',
  meaning: 'leave the known holes of the 2024 prototype open',
  initial: false,
  values: [false, true],
};
/** What every descendant of the prototype can be asked; what never had its code has none of its holes. */
const PROPOSAL: readonly ParameterDescription[] = [CALLERS, HOLES];
const WITHOUT_HOLES: readonly ParameterDescription[] = [CALLERS, { ...HOLES, values: [false] }];

/** Callers that know pages only unpin each page, so a range has to hold a reference for each. */
function proposed(policies: Policies, { callers, prototypeHoles }: Parameters): Policies {
  const asked: Policies = { ...policies, prototypeHoles: prototypeHoles === true };
  if (callers !== 'shim') return asked;
  const hasBio = policies.add !== 'none';
  return { ...asked, callers: 'shim', references: 'pages', add: hasBio ? 'scan-direct' : 'none' };
}

/** Strategies that add, report or release by folio. */
export const FOLIO_PRESETS: readonly Preset[] = [
  {
    id: 'folio-add',
    title: 'pages grabbed one by one, added and released by folio',
    source: 'Linux 6.12 to 6.19 (runs merged) and 7.0 (runs written directly)',
    parameters: [
      {
        name: 'kernel',
        meaning: 'whose rules apply',
        initial: 'v6.12',
        values: ['v6.12', 'v7.0'],
        isNamed: true,
      },
      ...WITHOUT_HOLES,
    ],
    policies: ({ kernel, callers }) => ({
      ...(kernel === 'v6.12' ? { ...TODAY, era: 'v6.12', add: 'scan-and-merge' } : TODAY),
      // Its walk reports pages, so its callers are none the wiser either way.
      callers: callers === 'shim' ? 'shim' : 'converted',
    }),
  },
  {
    id: 'today',
    title: 'what Linux 7.1 does: folio-add with v7.0 rules',
    source: 'Linux 7.1',
    parameters: [],
    policies: () => TODAY,
  },
  {
    id: 'folio-vec',
    title: 'folio ranges instead of pages, the array allocated for every I/O',
    source: 'Kumar, LPC 2024, with its holes closed (each) or batched',
    parameters: [
      {
        name: 'visit',
        meaning: 'look at each page, or compare entries in a batch',
        initial: 'each',
        values: ['each', 'batched'],
        isNamed: true,
      },
      ...PROPOSAL,
    ],
    policies: (parameters) =>
      proposed(
        parameters.visit === 'batched'
          ? { ...PROTOTYPE, visit: 'batched', references: 'pages' }
          : PROTOTYPE,
        parameters,
      ),
  },
  {
    id: 'folio-batch',
    title: 'a fixed batch on the stack, as many calls as it takes',
    source: 'suggested by Hannes Reinecke, LPC 2024',
    parameters: [
      { name: 'entries', meaning: 'entries of one batch', initial: 31, values: ENTRIES },
      {
        name: 'form',
        meaning: 'folio ranges of 24 bytes, or bare pointers of 8',
        initial: 'range',
        values: ['range', 'pointer'],
      },
      ...PROPOSAL,
    ],
    policies: (parameters) =>
      proposed(
        {
          ...PROTOTYPE,
          result: parameters.form === 'pointer' ? 'folio-pointers' : 'folio-range',
          memory: 'stack',
          entries: Number(parameters.entries),
          header: 8,
        },
        parameters,
      ),
  },
  {
    id: 'folio-threshold',
    title: 'the stack up to a threshold, an allocation above it',
    source: "Kumar, LPC 2024 (32 pages, the prototype's rule), or by runs",
    parameters: [
      { name: 'threshold', meaning: 'entries on the stack', initial: 32, values: ENTRIES },
      {
        name: 'unit',
        meaning: 'pages asked for, or runs found',
        initial: 'pages',
        values: ['pages', 'runs'],
      },
      ...PROPOSAL,
    ],
    policies: (parameters) =>
      proposed(
        {
          ...PROTOTYPE,
          memory: 'threshold',
          threshold: Number(parameters.threshold),
          unit: parameters.unit === 'runs' ? 'runs' : 'pages',
        },
        parameters,
      ),
  },
  {
    id: 'folio-head',
    title: 'one head page for each folio, positions inside left to the caller',
    source: 'J. Martins, FOLL_HEAD, December 2020',
    parameters: WITHOUT_HOLES,
    policies: (parameters) =>
      proposed(
        {
          ...PROTOTYPE,
          visit: 'batched',
          references: 'pages',
          result: 'folio-heads',
          memory: 'caller',
          add: 'none',
        },
        parameters,
      ),
  },
];
