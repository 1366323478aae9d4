import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { costModelText } from '#contract';
import type { CostModel } from '#core';
import { calibrate, findCostModel, readCalibrationFile } from '../src-main/lab/index.ts';
import type { Calibration, CalibrationFile } from '../src-main/lab/index.ts';

/**
 * Fits the built-in model `epyc-6.18` to the measurements in experiments/measurements/linux-6.18-epyc:
 * `npx -c 'node scripts/fit-epyc-6.18.ts'`. The same as `lab calibrate` on these files, with its words.
 */
const EXPERIMENTS = fileURLToPath(new URL('../experiments', import.meta.url));
const MEASUREMENTS = `${EXPERIMENTS}/measurements/linux-6.18-epyc`;
const FILES = ['pin-register.csv', 'direct-io.csv', 'contention.csv'] as const;
const MACHINE =
  'Linux 6.18.44 in a virtual machine with 2 processors (AMD EPYC, Zen 5 server; retpolines and Safe RET on), measured in November 2026 with BPF probes on kernel tracepoints; medians of runs 1 and 3, whole calls of runs 2, 3 and 5';
export const EPYC_MODEL_FILE = `${EXPERIMENTS}/cost-models/epyc-6.18.json`;

async function readFiles(): Promise<CalibrationFile[]> {
  const files: CalibrationFile[] = [];
  for (const name of FILES) {
    const read = await readCalibrationFile(`${MEASUREMENTS}/${name}`);
    if (!read.ok) throw new Error(read.message);
    files.push(read.value);
  }
  return files;
}

/** Fits the model; without resampling, whose intervals are not part of it. */
export async function fitEpycModel(samples = 0): Promise<Calibration> {
  const startingModel = await findCostModel(EXPERIMENTS, 'textbook');
  if (!startingModel.ok) throw new Error(startingModel.message);
  const fitted = calibrate({
    id: 'epyc-6.18',
    title: 'Linux 6.18 on an AMD EPYC (Zen 5) virtual machine',
    machine: MACHINE,
    startingModel: startingModel.value,
    files: await readFiles(),
    grouping: 'tie',
    samples,
  });
  if (!fitted.ok) throw new Error(fitted.message);
  return fitted.value;
}

async function writeModel(model: CostModel): Promise<void> {
  await writeFile(EPYC_MODEL_FILE, costModelText(model));
}

if (import.meta.main) await writeModel((await fitEpycModel()).model);
