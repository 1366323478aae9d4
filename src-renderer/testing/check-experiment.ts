import { buildLayout, PAGE_FLAGS, planTrials } from '#core';
import type { Extent, LayoutResult } from '#core';
import { parseExperimentFile, resolveExperiment } from '#contract';
import type { ExperimentCheck, ExperimentSources, LayoutRow } from '#contract';
import type { LabContents } from './lab-contents.ts';

/** About what one core does with 128 KiB of 4 KiB pages. */
const IOS_PER_SECOND = 8_000_000;

function extentFromRow([vaPage, pfn, pages, order, leaf, flags]: LayoutRow): Extent {
  const names = flags.split('|');
  return {
    vaPage,
    pfn,
    pages,
    order,
    leaf: leaf === 'pud' || leaf === 'pmd' ? leaf : 'pte',
    flags: PAGE_FLAGS.filter((flag) => names.includes(flag)),
  };
}

function layoutSource(contents: LabContents, path: string): LayoutResult | null {
  const name = path.replace(/^.*\//, '').replace(/\.csv$/, '');
  const rows = contents.layouts[name];
  return rows === undefined ? null : buildLayout(rows.map(extentFromRow));
}

function sourcesOf(contents: LabContents): ExperimentSources {
  return {
    layout: (path) => {
      const result = layoutSource(contents, path);
      if (result === null) return { ok: false, message: `there is no layout ${path}` };
      return result.ok ? result : { ok: false, message: result.problem.message };
    },
    costModel: (id) => {
      const costModel = contents.catalogue.costModels.find((model) => model.id === id);
      return costModel === undefined
        ? { ok: false, message: `there is no cost model ${id}` }
        : { ok: true, costModel };
    },
  };
}

/** What an experiment text means, by the same reader as the real laboratory's. */
export function checkExperimentText(contents: LabContents, text: string): ExperimentCheck {
  const nothing = { trials: 0, ios: 0, estimatedSeconds: 0 };
  const parsed = parseExperimentFile(text, 'experiment.yaml');
  if (!parsed.ok) return { problems: parsed.problems, ...nothing };
  const resolved = resolveExperiment(parsed.file, sourcesOf(contents));
  if (!resolved.ok) {
    const problems = resolved.problems.map((problem) => ({ ...problem, file: 'experiment.yaml' }));
    return { problems, ...nothing };
  }
  const trials = planTrials(resolved.experiment);
  const ios = trials.reduce((sum, { workload }) => sum + workload.count + workload.warmUpCount, 0);
  return { problems: [], trials: trials.length, ios, estimatedSeconds: ios / IOS_PER_SECOND };
}
