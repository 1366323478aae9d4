import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runDocumentSchema } from '#contract';
import { openLibrary } from '../../src-main/lab/index.ts';
import { experimentText, openTestLaboratory, until } from './test-laboratory.ts';
import type { TestLaboratory } from './test-laboratory.ts';

let lab: TestLaboratory;
let sessionId: string;

beforeEach(async () => {
  lab = await openTestLaboratory();
  sessionId = (await lab.get('createSession', { name: 'Reads' })).id;
});
afterEach(async () => {
  await lab.close();
  expect(lab.reported).toEqual([]);
});

/** Would take minutes. */
const ENDLESS = experimentText({ count: 100_000_000, replicates: 50 });

async function startRun(text: string, parentRunId: string | null = null): Promise<string> {
  return (await lab.get('startRun', { text, sessionId, parentRunId })).runId;
}

async function runOf(id: string) {
  const run = (await lab.get('listRuns', null)).find((each) => each.id === id);
  if (run === undefined) throw new Error(`no run ${id}`);
  return run;
}

async function untilOver(id: string): Promise<string> {
  await until(() =>
    lab.events.some(({ name, payload }) => name === 'runEnded' && payload.runId === id),
  );
  return (await runOf(id)).status;
}

it('runs an experiment, tells how far it is, and gives what it found as a document', async () => {
  const id = await startRun(experimentText());
  const status = await untilOver(id);

  const document = await lab.get('readRun', { id });

  expect(status).toBe('finished');
  expect(runDocumentSchema.parse(document)).toMatchObject({ session: 'Reads', status: 'finished' });
  expect(document.trials.map(({ strategy }) => strategy)).toEqual(['per-page', 'folio-vec']);
  expect(lab.events.filter(({ name }) => name === 'runEnded')).toEqual([
    { name: 'runEnded', payload: { runId: id, status: 'finished' } },
  ]);
});

it('gives a trial to its last bucket', async () => {
  const id = await startRun(experimentText());
  await untilOver(id);
  const [trial] = (await lab.get('readRun', { id })).trials;

  const detail = await lab.get('readTrial', { runId: id, trialId: trial?.id ?? '' });

  const { total } = detail.latency;
  expect(total.count.reduce((sum, count) => sum + count, 0)).toBe(200);
  expect(total.lowerNs.length).toBe(total.count.length);
  const lockOps = Object.values(detail.events)
    .flatMap((events) => Object.entries(events))
    .filter(([event]) => event.startsWith('lock_op.'))
    .reduce((sum, [, perIo]) => sum + perIo, 0);
  expect(lockOps).toBe(trial?.countersPerIo?.lock_op);
  const phases = Object.values(detail.phases).reduce((sum, ns) => sum + ns, 0);
  // Every phase is stored in whole picoseconds.
  expect(phases).toBeCloseTo(trial?.latency?.total.mean ?? 0, 2);
  // Nothing that a transport of plain data would change.
  expect(JSON.parse(JSON.stringify(detail))).toEqual(detail);
});

it('runs one experiment after the other, and cancels what runs and what waits', async () => {
  const first = await startRun(ENDLESS);
  const second = await startRun(ENDLESS);
  const third = await startRun(experimentText());
  expect(lab.laboratory.queue.activeRunIds()).toEqual([first, second, third]);

  await lab.get('cancelRun', { runId: second });
  expect(await untilOver(second)).toBe('cancelled');
  expect(lab.laboratory.queue.activeRunIds()).toEqual([first, third]);
  expect((await runOf(third)).finishedTrials).toBe(0);

  await lab.get('cancelRun', { runId: first });
  expect(await untilOver(first)).toBe('cancelled');
  expect(await untilOver(third)).toBe('finished');
});

it('does not mind a cancel that comes too late', async () => {
  const id = await startRun(experimentText());
  await untilOver(id);

  expect(await lab.ask('cancelRun', { runId: id })).toEqual({ ok: true, value: null });
});

it('cannot cancel what another process runs', async () => {
  const elsewhere = openLibrary(lab.libraryPath);
  const id = await startRun(experimentText());
  await untilOver(id);
  const { environment } = await runOf(id);
  const run = elsewhere.startRun({
    sessionId,
    experimentName: 'elsewhere',
    title: 'Elsewhere',
    seed: 1,
    experimentText: '',
    environment,
    plannedTrials: 1,
    parentRunId: null,
  });

  const reply = await lab.ask('cancelRun', { runId: run.id });

  elsewhere.close();
  expect(reply).toMatchObject({ ok: false, code: 'conflict' });
});

it('goes on with a run that was cut off, and repeats one that is whole', async () => {
  const cut = await startRun(experimentText({ count: 2_000_000, replicates: 6 }));
  await until(async () => (await runOf(cut)).finishedTrials > 0);
  await lab.get('cancelRun', { runId: cut });
  await untilOver(cut);
  const { finishedTrials, experimentText: text } = await runOf(cut);

  const resumed = await startRun(text, cut);
  await until(async () => (await runOf(resumed)).finishedTrials > 0);
  const takenOver = (await runOf(resumed)).finishedTrials;
  await untilOver(resumed);
  const repeated = await startRun(experimentText());
  await untilOver(repeated);
  const again = await startRun(experimentText(), repeated);
  await untilOver(again);

  expect(takenOver).toBeGreaterThanOrEqual(finishedTrials);
  expect(await runOf(resumed)).toMatchObject({ parentRunId: cut, status: 'finished' });
  expect(await runOf(again)).toMatchObject({ parentRunId: repeated, status: 'finished' });
  const [one, two] = await Promise.all([
    lab.get('readRun', { id: repeated }),
    lab.get('readRun', { id: again }),
  ]);
  expect(two.trials).toEqual(one.trials);
  expect(await Promise.all([resumed, again].map((id) => lab.get('checkRepeat', { id })))).toEqual([
    null,
    { originalRunId: repeated, compared: 2, identical: 2 },
  ]);
});

it('tells how far a run is, a few times a second at most', async () => {
  const id = await startRun(experimentText({ count: 300_000, replicates: 20 }));
  await untilOver(id);

  const progress = lab.events.flatMap(({ name, payload }) =>
    name === 'runProgressed' ? [payload] : [],
  );

  expect(progress.length).toBeGreaterThan(0);
  expect(new Set(progress.map(({ plannedTrials }) => plannedTrials))).toEqual(new Set([40]));
  const done = progress.map(({ finishedTrials }) => finishedTrials);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});

it('tells when the library changed, here and in another process', async () => {
  await until(() => lab.events.some(({ name }) => name === 'libraryChanged'));
  lab.events.length = 0;
  const elsewhere = openLibrary(lab.libraryPath);

  elsewhere.createSession('From elsewhere');

  await until(() => lab.events.some(({ name }) => name === 'libraryChanged'));
  elsewhere.close();
});

it('keeps names, notes, tags, stars, archive and trash', async () => {
  const id = await startRun(experimentText());
  await untilOver(id);

  await lab.get('renameSession', { id: sessionId, name: 'Writes' });
  await lab.get('setNotes', { kind: 'session', id: sessionId, notes: 'Which array?' });
  await lab.get('setTags', { kind: 'run', id, tags: ['patch', 'v5'] });
  await lab.get('setStar', { id, isStarred: true });
  await lab.get('archive', { kind: 'run', id, isArchived: true });
  await lab.get('trash', { kind: 'session', id: sessionId });
  const [session] = await lab.get('listSessions', null);
  expect(session).toMatchObject({ name: 'Writes', notes: 'Which array?' });
  expect(session?.deletedAt).not.toBeNull();
  expect(await runOf(id)).toMatchObject({ tags: ['patch', 'v5'], isStarred: true });
  expect((await runOf(id)).archivedAt).not.toBeNull();

  await lab.get('restore', { kind: 'session', id: sessionId });
  await lab.get('archive', { kind: 'run', id, isArchived: false });
  await lab.get('trash', { kind: 'run', id });
  await lab.get('purge', { kind: 'run', id });
  expect(await lab.get('listRuns', null)).toEqual([]);
});

it('answers mistakes with a code and one sentence', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  const running = await startRun(ENDLESS);
  const replies = {
    missing: await lab.ask('readRun', { id: nobody }),
    missingTrial: await lab.ask('readTrial', { runId: running, trialId: 'none' }),
    sameName: await lab.ask('createSession', { name: 'Reads' }),
    running: await lab.ask('trash', { kind: 'run', id: running }),
    notInTrash: await lab.ask('purge', { kind: 'session', id: sessionId }),
    noSession: await lab.ask('startRun', {
      text: experimentText(),
      sessionId: nobody,
      parentRunId: null,
    }),
    badText: await lab.ask('startRun', { text: 'name: [', sessionId, parentRunId: null }),
    noTicket: await lab.ask('importSessionFile', { ticket: 'none' }),
    noExperiment: await lab.ask('readExperiment', { id: 'none' }),
    noLayout: await lab.ask('readLayout', { name: '../../etc/passwd' }),
    noRequest: await lab.laboratory.answer('formatDisk', null),
    noMethod: await lab.laboratory.answer('__proto__', null),
    badInput: await lab.laboratory.answer('renameSession', { id: 7, name: 'x' }),
    noInput: await lab.laboratory.answer('createSession', undefined),
  };
  await lab.get('cancelRun', { runId: running });
  await untilOver(running);

  const codes = Object.entries(replies).map(([name, reply]) => [name, reply.ok || reply.code]);
  expect(Object.fromEntries(codes)).toEqual({
    missing: 'not-found',
    missingTrial: 'not-found',
    sameName: 'conflict',
    running: 'conflict',
    notInTrash: 'conflict',
    noSession: 'not-found',
    badText: 'bad-input',
    noTicket: 'not-found',
    noExperiment: 'not-found',
    noLayout: 'not-found',
    noRequest: 'bad-input',
    noMethod: 'bad-input',
    badInput: 'bad-input',
    noInput: 'bad-input',
  });
  for (const reply of Object.values(replies)) {
    expect(reply.ok ? '' : reply.message).toMatch(/^[^\n]+[^.]\.$/);
  }
});

it('knows the experiments, layouts and cost models that came with it', async () => {
  const catalogue = await lab.get('listCatalogue', null);
  const [first] = catalogue.experiments;

  const { text } = await lab.get('readExperiment', { id: first?.id ?? '' });
  const check = await lab.get('checkExperiment', { text });
  const rows = await lab.get('readLayout', { name: catalogue.layouts[0]?.id ?? '' });

  expect(check.problems).toEqual([]);
  expect(check.trials).toBeGreaterThan(0);
  expect(rows.length).toBeGreaterThan(0);
  expect(catalogue.costModels.length).toBeGreaterThan(0);
});

it('keeps the draft as it is typed', async () => {
  const before = await lab.get('readDraft', null);

  await lab.get('saveDraft', { text: 'name: dra' });

  expect([before, await lab.get('readDraft', null)]).toEqual([null, { text: 'name: dra' }]);
});

it('opens and saves experiments, and does nothing when the user changes their mind', async () => {
  const path = join(lab.folder, 'mine.yaml');
  const cancelled = [
    await lab.get('openExperimentFile', { upload: null }),
    await lab.get('saveExperimentFile', { text: 'x', suggestedName: 'mine.yaml' }),
    await lab.get('openSessionFile', { upload: null }),
  ];
  lab.user.chosenPath = path;

  const saved = await lab.get('saveExperimentFile', {
    text: experimentText(),
    suggestedName: 'mine.yaml',
  });
  const opened = await lab.get('openExperimentFile', { upload: null });

  expect(cancelled).toEqual([null, { kind: 'cancelled' }, null]);
  expect(saved).toEqual({ kind: 'saved', path });
  expect(opened).toEqual({ text: experimentText(), fileName: 'mine.yaml', path });
  expect(await lab.get('listRecentFiles', null)).toEqual([
    { path, fileName: 'mine.yaml', kind: 'experiment' },
  ]);
  await lab.get('openRecentFile', { path });
  expect(lab.user.reopened).toEqual([path]);
});

it('opens no recent file that is none, or is gone', async () => {
  lab.user.chosenPath = join(lab.folder, 'gone.yaml');

  expect([
    await lab.get('listRecentFiles', null),
    await lab.ask('openRecentFile', { path: lab.user.chosenPath }),
    await lab.ask('openRecentFile', { path: '/etc/passwd' }),
    lab.user.reopened,
  ]).toEqual([
    [],
    { ok: false, code: 'not-found', message: 'gone.yaml is not there any more.' },
    { ok: false, code: 'not-found', message: 'passwd is not there any more.' },
    [],
  ]);
});

it('reads a layout as rows, and says in a sentence why a file is none', async () => {
  const heading = 'va_page,pfn,pages,order,leaf,flags';
  const path = join(lab.folder, 'heap.csv');
  const read = async (text: string) => {
    writeFileSync(path, text);
    lab.user.chosenPath = path;
    return lab.ask('openLayoutFile', { upload: null });
  };

  expect([
    await read(`${heading}\n0,512,512,9,pmd,\n512,7,1,0,pte,file|shared\n`),
    await read(`${heading}\n0,512,512,9,pmd,\n5,7,1,0,pte,\n`),
    await read(`${heading}\n${'0,7,1,0,pte,anon\n'.repeat(300_000)}`),
  ]).toMatchObject([
    {
      value: {
        fileName: 'heap.csv',
        rows: [
          [0, 512, 512, 9, 'pmd', 'anon'],
          [512, 7, 1, 0, 'pte', 'file|shared'],
        ],
      },
    },
    {
      ok: false,
      code: 'bad-input',
      message: expect.stringMatching(/^heap\.csv:3: .*\.$/) as unknown,
    },
    {
      ok: false,
      code: 'file-failed',
      message:
        'heap.csv has 5,100,035 bytes; a layout inside an experiment has at most 4,000,000, a larger one is named by "file:".',
    },
  ]);
});

it('names its library for a terminal, where it is not the usual one', () => {
  expect(lab.laboratory.description).toMatchObject({
    libraryWords: ['--library', lab.libraryPath],
    interruptedRunIds: [],
  });
});

it('finds layouts beside the experiment that was opened, and nowhere else', async () => {
  const text = experimentText().replace(/uniform: .*/, 'file: mine.csv');
  const rows = 'va_page,pfn,pages,order,leaf,flags\n0,512,512,9,pmd,anon\n';
  const elsewhere = join(lab.folder, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'mine.csv'), rows);
  writeFileSync(join(elsewhere, 'mine.yaml'), text);

  const before = await lab.get('checkExperiment', { text });
  lab.user.chosenPath = join(elsewhere, 'mine.yaml');
  await lab.get('openExperimentFile', { upload: null });
  const after = await lab.get('checkExperiment', { text });
  const outside = await lab.get('checkExperiment', {
    text: text.replace('mine.csv', join(elsewhere, 'mine.csv')),
  });

  expect(before.problems).toHaveLength(1);
  expect(after.problems).toEqual([]);
  expect(outside.problems).toHaveLength(1);
});

it('exports tables, pictures and texts', async () => {
  const id = await startRun(experimentText());
  await untilOver(id);
  lab.user.chosenPath = lab.folder;
  const tables = await lab.get('exportCsv', { runId: id });
  lab.user.chosenPath = join(lab.folder, 'chart.png');

  await lab.get('saveExport', {
    suggestedName: 'chart.png',
    content: Buffer.from([0, 255, 10]).toString('base64'),
    encoding: 'base64',
  });

  expect(readdirSync(tables.kind === 'saved' ? tables.path : '').sort()).toEqual([
    'allocations.csv',
    'events.csv',
    'latency.csv',
    'trials.csv',
  ]);
  expect([...readFileSync(join(lab.folder, 'chart.png'))]).toEqual([0, 255, 10]);
});

it('saves a session, and brings it back after it was deleted', async () => {
  const id = await startRun(experimentText());
  await untilOver(id);
  const before = await lab.get('readRun', { id });
  lab.user.chosenPath = join(lab.folder, 'reads.foliolab');
  await lab.get('saveSessionFile', { sessionId });
  await lab.get('trash', { kind: 'session', id: sessionId });
  await lab.get('purge', { kind: 'session', id: sessionId });

  const preview = await lab.get('openSessionFile', { upload: null });
  const report = await lab.get('importSessionFile', { ticket: preview?.ticket ?? '' });
  const again = await lab.ask('importSessionFile', { ticket: preview?.ticket ?? '' });

  expect(preview).toMatchObject({ fileName: 'reads.foliolab', knownRuns: 0 });
  expect(preview?.runs.map((run) => run.id)).toEqual([id]);
  expect(report).toMatchObject({ sessionIds: [sessionId], importedRuns: 1, skippedRuns: 0 });
  expect(again).toMatchObject({ ok: false, code: 'not-found' });
  expect(await lab.get('readRun', { id })).toEqual(before);
});

it('says of a file that is no session or no text what it is', async () => {
  lab.user.chosenPath = join(lab.folder, 'bad');
  writeFileSync(lab.user.chosenPath, Buffer.from([0xff, 0xfe, 0, 1]));

  expect(await lab.ask('openSessionFile', { upload: null })).toEqual({
    ok: false,
    code: 'file-failed',
    message: 'bad is no session file.',
  });
  expect(await lab.ask('openExperimentFile', { upload: null })).toEqual({
    ok: false,
    code: 'file-failed',
    message: 'bad is no experiment: it is not text in UTF-8.',
  });
});

it('marks a run interrupted that goes on when the laboratory is closed', async () => {
  const id = await startRun(ENDLESS);
  await lab.laboratory.close();

  const library = openLibrary(lab.libraryPath);
  const run = library.findRun(id);
  library.close();

  expect(run?.status).toBe('interrupted');
});
