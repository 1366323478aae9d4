import { seedStream } from '#core';
import type { RandomStream } from '#core';
import type { RecentFile, RunRecord, RunStatus, SessionRecord } from '#contract';
import { sampleId, sampleRun, sampleSession } from '../../src-renderer/testing/lab-contents.ts';
import type { LabContents } from '../../src-renderer/testing/lab-contents.ts';

const SESSIONS = [
  { name: 'Allocation policies', tags: [], notes: '' },
  { name: 'LPC 2024 talk', tags: ['talk'], notes: 'What of the headline is the tracer?' },
  { name: 'Captured layouts, EPYC', tags: ['epyc'], notes: '' },
  { name: 'Patch v5, before posting', tags: ['patch'], notes: '' },
] as const;
const TAGS = ['baseline', 'patch-v5', 'epyc', 'for the cover letter', 'check again'];
const NOTES = [
  'The restart after a failing page is what costs here.',
  'Compare with the run of 14 March, **before** the threshold was raised to 32.',
];
const START_MS = Date.UTC(2026, 2, 2, 8, 30);
const HOUR_MS = 3_600_000;

function pick<Value>(random: RandomStream, values: readonly [Value, ...Value[]]): Value {
  return values[Math.floor(random.nextUnit() * values.length)] ?? values[0];
}

const RECENT_FILES: readonly RecentFile[] = [
  { path: '/home/user/reads/mthp.yaml', fileName: 'mthp.yaml', kind: 'experiment' },
  { path: '/home/user/reads/Colleague.foliolab', fileName: 'Colleague.foliolab', kind: 'session' },
];

function statusOf(random: RandomStream): RunStatus {
  const share = random.nextUnit();
  if (share < 0.03) return 'failed';
  if (share < 0.07) return 'cancelled';
  return share < 0.09 ? 'interrupted' : 'finished';
}

function oneRun(contents: LabContents, random: RandomStream, index: number): RunRecord {
  const names = Object.keys(contents.samples);
  const name = names[Math.floor(random.nextUnit() * names.length)] ?? 'example';
  const document = contents.samples[name];
  const status = statusOf(random);
  const planned = document?.trials.length ?? 12;
  const finished = status === 'finished' ? planned : Math.floor(random.nextUnit() * planned);
  const started = START_MS + index * HOUR_MS * (1 + random.nextUnit());
  const tookMs = 400 + random.nextUnit() * 60_000;
  const seed = random.nextUnit() < 0.6 ? (document?.seed ?? 1) : index;
  return sampleRun({
    id: sampleId('run', index + 1),
    sessionId: sampleId('session', 1 + Math.max(0, names.indexOf(name))),
    experimentName: name,
    title: document?.title ?? name,
    status,
    failure: status === 'failed' ? 'The worker ran out of memory.' : null,
    seed,
    experimentText: (contents.experiments[name] ?? '').replace(/^seed: .*/m, `seed: ${seed}`),
    ...(document === undefined ? {} : { environment: document.environment }),
    startedAt: new Date(started).toISOString(),
    endedAt: new Date(started + tookMs).toISOString(),
    plannedTrials: planned,
    finishedTrials: finished,
    notes: random.nextUnit() < 0.15 ? pick(random, ['', ...NOTES]) : '',
    tags: random.nextUnit() < 0.3 ? [pick(random, ['baseline', ...TAGS])] : [],
    isStarred: random.nextUnit() < 0.08,
    archivedAt: random.nextUnit() < 0.04 ? new Date(started).toISOString() : null,
    deletedAt: random.nextUnit() < 0.03 ? new Date(started).toISOString() : null,
    expectations: status === 'finished' ? (document?.expectations ?? []) : [],
  });
}

/** Contents with a number of runs in four sessions; the same number gives the same runs. */
export function withRuns(contents: LabContents, count: number): LabContents {
  const random = seedStream(7, 'runs');
  const sessions: SessionRecord[] = SESSIONS.map(({ name, tags, notes }, index) =>
    sampleSession({ id: sampleId('session', index + 1), name, tags, notes }),
  );
  const runs = Array.from({ length: count }, (_, index) => oneRun(contents, random, index));
  return { ...contents, sessions, runs, recentFiles: RECENT_FILES };
}
