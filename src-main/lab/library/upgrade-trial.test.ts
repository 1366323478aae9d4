import { describe, expect, it } from 'vitest';
import { RECORD_VERSION } from '#contract';
import type { RawTrial } from './raw-trial.ts';
import { TRIAL_UPGRADERS, upgradeTrial } from './upgrade-trial.ts';
import type { TrialUpgrader } from './upgrade-trial.ts';

const trial: RawTrial = { parameters: {}, status: 'done', reason: null, measured: null };

const measuredAtFirst: NonNullable<RawTrial['measured']> = {
  samples: 1,
  latency: {},
  ledger: new Float64Array(0),
  allocations: [],
  figures: {},
  spanNs: 0,
  iops: 0,
  cpuNsPerIo: 0,
};

/** Writes down that it was used. */
function upgraderTo(version: number): TrialUpgrader {
  return ({ parameters, ...rest }) => ({
    ...rest,
    parameters: { ...parameters, [`step ${Object.keys(parameters).length}`]: version },
  });
}

describe('a stored trial', () => {
  it('has an upgrader for every record version before this one', () => {
    expect(TRIAL_UPGRADERS).toHaveLength(RECORD_VERSION - 1);
  });

  it('is upgraded one step at a time, from the version it was written with', () => {
    const upgraders = [upgraderTo(2), upgraderTo(3), upgraderTo(4)];
    expect(upgradeTrial(trial, 2, upgraders).parameters).toEqual({ 'step 0': 3, 'step 1': 4 });
    expect(upgradeTrial(trial, 4, upgraders)).toEqual(trial);
  });

  it('of version 1 had no slow path, and no policies about what it meets', () => {
    const old: RawTrial = {
      parameters: { strategy: { id: 'today', policies: { grab: 'per-leaf' } } },
      status: 'done',
      reason: null,
      measured: { ...measuredAtFirst, figures: { gupCallsPerIo: 2 } },
    };

    const upgraded = upgradeTrial(old, 1);

    expect(upgraded.measured?.figures).toEqual({ gupCallsPerIo: 2, slowCallsPerIo: 0 });
    expect(upgraded.parameters).toMatchObject({
      strategy: {
        id: 'today',
        policies: { grab: 'per-leaf', callers: 'converted', devmap: 'era' },
      },
    });
  });

  it('is refused when it was written by a newer version', () => {
    expect(() => upgradeTrial(trial, RECORD_VERSION + 1)).toThrow(
      `A trial has record version ${RECORD_VERSION + 1}, and this Folio Lab reads up to ${RECORD_VERSION}`,
    );
  });
});
