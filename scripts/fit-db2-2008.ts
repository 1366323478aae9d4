import { DB2_2008_FIT, DB2_2008_PUBLISHED, db2Figures } from '#core';
import type { Db2Figures, Db2Parameters } from '#core';

/**
 * Fits the three parameters of the DB2 workload of 2008 to the three figures of the mail. Each figure
 * follows one parameter almost alone, so each is corrected by itself, in turn:
 * `npx -c 'node scripts/fit-db2-2008.ts'`.
 */
const ROUNDS = 6;
const MEASURED_NS = 1_000_000_000;

function improved(fit: Db2Parameters, found: Db2Figures, steeper: Db2Figures): Db2Parameters {
  const published = DB2_2008_PUBLISHED;
  // Samples are shares of nearly all time, which is work: half the share takes twice the work.
  const workNs = fit.workNs * (found.lockSamplesBeforePercent / published.lockSamplesBeforePercent);
  const faultsPerPin =
    fit.faultsPerPin *
    (published.lockSamplesAfterPercent / found.lockSamplesAfterPercent) *
    (workNs / fit.workNs);
  const slope = (steeper.throughputGainPercent - found.throughputGainPercent) / fit.mapsPerPin;
  const missing = published.throughputGainPercent - found.throughputGainPercent;
  return { ...fit, workNs, faultsPerPin, mapsPerPin: fit.mapsPerPin + missing / slope };
}

let fit = DB2_2008_FIT;
for (let round = 0; round < ROUNDS; round += 1) {
  const found = db2Figures(fit, 1, MEASURED_NS);
  console.log(JSON.stringify(fit), JSON.stringify(found));
  const steeper = db2Figures({ ...fit, mapsPerPin: 2 * fit.mapsPerPin }, 1, MEASURED_NS);
  fit = improved(fit, found, steeper);
}
console.log(JSON.stringify(fit));
