import type { RunDocument } from '#contract';
import { formatDateTime } from '../../../format.ts';
import type { Case, Comparison } from './comparison.ts';
import { parameterText, parameterTitle, strategyText, TRIAL_PARAMETERS } from './parameters.ts';
import type { TrialParameter } from './parameters.ts';
import { valuesOf } from './selection.ts';

/** One fact of everything that is compared, in words, in the order of the subjects. */
export type SubjectFact = {
  readonly title: string;
  readonly values: readonly string[];
  readonly isDifferent: boolean;
};

const RUN_FACTS: readonly {
  readonly title: string;
  readonly textOf: (run: RunDocument) => string;
}[] = [
  { title: 'Experiment', textOf: ({ experiment }) => experiment },
  { title: 'Title', textOf: ({ title }) => title },
  { title: 'Session', textOf: ({ session }) => session },
  { title: 'Status', textOf: ({ status }) => status },
  { title: 'Started', textOf: ({ startedAt }) => formatDateTime(startedAt) },
  { title: 'Seed', textOf: ({ seed }) => String(seed) },
  {
    title: 'Trials',
    textOf: ({ trials, plannedTrials }) => `${trials.length} of ${plannedTrials}`,
  },
  { title: 'Core version', textOf: ({ environment }) => environment.coreVersion },
  { title: 'Application version', textOf: ({ environment }) => environment.applicationVersion },
  { title: 'Commit', textOf: ({ environment }) => environment.commit?.slice(0, 12) ?? '–' },
  { title: 'Host', textOf: ({ environment }) => environment.host },
  { title: 'Processor', textOf: ({ environment }) => environment.processor },
  { title: 'System', textOf: ({ environment }) => environment.operatingSystem },
  { title: 'Runtime', textOf: ({ environment }) => environment.runtime },
];

function fact(title: string, values: readonly string[]): SubjectFact {
  return { title, values, isDifferent: new Set(values).size > 1 };
}

function parameterFact(name: TrialParameter, bySubject: readonly (readonly Case[])[]): SubjectFact {
  const values = bySubject.map((cases) =>
    valuesOf(cases, name)
      .map((value) => parameterText(name, value))
      .join(', '),
  );
  return fact(parameterTitle(name), values);
}

function strategyFact(bySubject: readonly (readonly Case[])[]): SubjectFact {
  const values = bySubject.map((cases) => {
    const texts = cases.flatMap(({ trials }) => trials.map(({ trial }) => strategyText(trial)));
    return [...new Set(texts)].filter((text) => text !== '').join('; ') || '–';
  });
  return fact('Of the strategy', values);
}

/** Everything that is known of the subjects besides their figures. */
export function subjectFacts({ kind, runs, subjects, cases }: Comparison): readonly SubjectFact[] {
  const bySubject = subjects.map((_, index) => cases.filter(({ subject }) => subject === index));
  const ofRuns =
    kind === 'runs' ? RUN_FACTS.map(({ title, textOf }) => fact(title, runs.map(textOf))) : [];
  return [
    ...ofRuns,
    ...TRIAL_PARAMETERS.filter((name) => kind === 'runs' || name !== 'strategy').map((name) =>
      parameterFact(name, bySubject),
    ),
    strategyFact(bySubject),
  ];
}
