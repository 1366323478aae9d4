import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseCostModel } from '#contract';
import {
  buildLayoutFromSpec,
  createCounter,
  createLedger,
  createPricer,
  PHASE_INDEX,
  PHASES,
  resolveStrategy,
} from '#core';
import type { Api, CostModel, Layout, Phase } from '#core';

const LENGTH = 131_072;
const GET_PAGES: readonly Phase[] = ['walk', 'grab', 'record', 'allocate', 'add'];
const RELEASE: readonly Phase[] = ['complete', 'release'];

function epycModel(): CostModel {
  const path = fileURLToPath(new URL('../experiments/cost-models/epyc-6.18.json', import.meta.url));
  const result = parseCostModel(readFileSync(path, 'utf8'), path);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.costModel;
}

function layoutOfOrder(order: number): Layout {
  const result = buildLayoutFromSpec(
    {
      kind: 'uniform',
      bytes: 2_097_152,
      order,
      frames: 'scattered',
      leaf: order === 9 ? 'pmd' : 'pte',
      misalignmentPages: 0,
      flags: [],
    },
    1,
  );
  if (!result.ok) throw new Error(result.problem.message);
  return result.layout;
}

/** Modelled time of some phases of one 128 KiB call on Linux 6.18 (era v6.12). Unit: nanoseconds. */
function modelledNs(
  order: number,
  api: Api,
  op: 'read' | 'write',
  phases: readonly Phase[],
): number {
  const strategy = resolveStrategy({ id: 'folio-add', parameters: { kernel: 'v6.12' } }, api);
  if (!strategy.ok) throw new Error(strategy.problem.message);
  const { policies } = strategy.strategy;
  const ledger = createLedger();
  const request = { api, op, path: 'sync', offset: 0, length: LENGTH } as const;
  const { figures } = createCounter(policies).count(
    { layout: layoutOfOrder(order), request },
    ledger,
  );
  const prices = new Float64Array(PHASES.length);
  createPricer(epycModel(), policies, 'off').price(ledger, figures, prices);
  return phases.reduce((sum, phase) => sum + (prices[PHASE_INDEX[phase]] ?? 0), 0);
}

// Measured: p50 of hot 128 KiB rows of run 1, less the probe of 90 ns.
it.each([
  ['register, base pages', 0, 'register', 'read', GET_PAGES, 2024],
  ['register, 128 KiB folios', 5, 'register', 'read', GET_PAGES, 2013],
  ['register, 2 MiB folios', 9, 'register', 'read', GET_PAGES, 170],
  ['write, base pages', 0, 'direct-io', 'write', GET_PAGES, 2844],
  ['write, 128 KiB folios', 5, 'direct-io', 'write', GET_PAGES, 2033],
  ['write, 2 MiB folios', 9, 'direct-io', 'write', GET_PAGES, 321],
  ['release after write, base pages', 0, 'direct-io', 'write', RELEASE, 832],
  ['release after write, 128 KiB folios', 5, 'direct-io', 'write', RELEASE, 221],
] as const)(
  'epyc-6.18 says itself how far off it is: %s',
  (_, order, api, op, phases, measured) => {
    const modelled = modelledNs(order, api, op, phases);
    const percent = Math.round((modelled / measured - 1) * 100);

    expect(epycModel().error).toContain(`${percent} % (${Math.round(modelled)} for ${measured}`);
  },
);
