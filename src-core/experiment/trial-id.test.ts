import { describe, expect, it } from 'vitest';
import { layoutDigest } from '../layout/layout-digest.ts';
import { distinctCosts, unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { deviceWith, trialOn, workloadWith } from '../testing/trials.ts';
import type { TrialDifferences } from '../testing/trials.ts';
import { costModelDigest, trialId, workloadText } from './trial-id.ts';

const layout = layoutFromText('A0-7', { A: 3 });
const idOf = (differences: TrialDifferences = {}, memory = layout): string =>
  trialOn(memory, differences).id;

describe('trialId', () => {
  it('[PLAN-2] is 128 bits in hexadecimal digits, the same again', () => {
    expect(idOf()).toMatch(/^[0-9a-f]{32}$/);
    expect(idOf()).toBe(idOf());
  });

  it.each<[string, TrialDifferences]>([
    ['the workload', { workload: { count: 999 } }],
    ['the device', { workload: { device: deviceWith(1000) } }],
    [
      'the distribution of the device',
      { workload: { device: deviceWith(1000, 1, 'exponential') } },
    ],
    ['the strategy', { strategy: 'folio-vec' }],
    ['a parameter', { strategy: { id: 'folio-batch', parameters: { entries: 30 } } }],
    ['a policy', { strategy: { id: 'today', policies: { kind: 'get' } } }],
    ['the prices', { costModel: distinctCosts }],
    ['the jitter', { costModel: { ...unitCosts, jitter: { sigma: 0.1 } } }],
    ['the tracer', { tracer: 'function-graph' }],
    ['the seed', { seed: 2 }],
    ['the replicate', { replicate: 1 }],
  ])('[PLAN-2] changes with %s', (_name, differences) => {
    expect(idOf(differences)).not.toBe(idOf());
  });

  it('[PLAN-2] changes with the content of the layout, not with its name', () => {
    const trial = trialOn(layout);

    expect(idOf({}, layoutFromText('A0-7', { A: 4 }))).not.toBe(trial.id);
    expect(trialId({ ...trial, layout: { ...trial.layout, name: 'other' } })).toBe(trial.id);
    expect(trial.layoutDigest).toBe(layoutDigest(layout));
  });

  it('[PLAN-2] does not change with words about a strategy or a cost model', () => {
    const named = { id: 'today', name: 'mine' };
    const described = { ...unitCosts, id: 'x', title: 'y', provenance: 'z', error: 'w' };

    expect(idOf({ strategy: named, costModel: described })).toBe(idOf());
  });

  it('[PLAN-2] does not depend on the order in which anything was written', () => {
    const trial = trialOn(layout);
    const { workload, costModel } = trial;
    const reversed = <Value extends object>(value: Value): Value =>
      Object.fromEntries(Object.entries(value).reverse()) as Value;

    expect(
      trialId({
        ...trial,
        workload: reversed(workload),
        costModel: { ...costModel, prices: reversed(costModel.prices) },
      }),
    ).toBe(trial.id);
  });

  it('[PLAN-2] tells a policy apart that says the same as a preset', () => {
    // The same composition under two ids is two trials: results carry the strategy they were asked for.
    const v70 = { id: 'folio-add', parameters: { kernel: 'v7.0' } };

    expect(idOf({ strategy: v70 })).not.toBe(idOf());
  });
});

describe('texts and digests', () => {
  it('[SIM-3] of a workload are its members by name', () => {
    expect(workloadText(workloadWith({ device: deviceWith(5) }))).toBe(
      '{"access":"random","api":"direct-io","blockBytes":4096,"count":1000,' +
        '"device":{"parallelism":1,"service":{"distribution":"constant","meanNs":5}},' +
        '"logicalBlockBytes":512,"offsetBytes":0,"operation":"write","pagesPerCall":512,' +
        '"path":"async","queueDepth":1,"threads":1,"warmUpCount":0}',
    );
  });

  it('[PLAN-2] of a cost model hold its figures', () => {
    const digest = costModelDigest(unitCosts);
    const dearer = { ...unitCosts, prices: { ...unitCosts.prices, meta: 1.5 } };
    const slower = {
      ...unitCosts,
      tracer: { ...unitCosts.tracer, after: { ...unitCosts.tracer.after, exitNs: 1 } },
    };

    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(costModelDigest({ ...unitCosts, title: 'other' })).toBe(digest);
    expect(new Set([digest, costModelDigest(dearer), costModelDigest(slower)]).size).toBe(3);
  });
});
