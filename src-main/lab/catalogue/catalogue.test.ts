import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildLayoutFromSpec } from '#core';
import type { LayoutSpec } from '#core';
import { createExperimentsFolder } from '../testing/experiments-folder.ts';
import { smallCostModel, smallLayout } from '../testing/small-plan.ts';
import { findCostModel, listCostModels } from './cost-models.ts';
import { listExperiments } from './experiments.ts';
import { layoutFromArgument, listLayouts } from './layouts.ts';

const builtIn = new URL('../../../experiments', import.meta.url).pathname;
let folder: ReturnType<typeof createExperimentsFolder>;

beforeAll(() => {
  folder = createExperimentsFolder();
});
afterAll(() => {
  folder.remove();
});

function layout(argument: string) {
  return layoutFromArgument(folder.path, argument);
}

async function refusal(argument: string): Promise<string> {
  const found = await layout(argument);
  return found.ok ? 'found' : found.message;
}

it('reads everything that is built in', async () => {
  const [experiments, layouts, costModels] = await Promise.all([
    listExperiments(builtIn),
    listLayouts(builtIn),
    listCostModels(builtIn),
  ]);

  expect(experiments.map(({ id }) => id)).toContain('lpc-2024-write-128k');
  expect(layouts.map(({ id }) => id)).toContain('node_process_anon');
  expect(costModels.map(({ id }) => id)).toContain('textbook');
});

it('lists what a layout is made of', async () => {
  expect(await listLayouts(folder.path)).toEqual([
    {
      id: 'captured',
      path: join(folder.path, 'layouts', 'captured.csv'),
      extents: smallLayout({}).length,
      mappedBytes: 2_097_152,
      smallestOrder: 0,
      largestOrder: 0,
    },
  ]);
});

it('has nothing in a folder that is not there', async () => {
  expect(await listExperiments(join(folder.path, 'nowhere'))).toEqual([]);
});

it('finds a layout by its name and by its path', async () => {
  const expected = { ok: true, value: smallLayout({}) };

  expect(await layout('captured')).toEqual(expected);
  expect(await layout(join(folder.path, 'layouts', 'captured.csv'))).toEqual(expected);
});

it('builds the uniform layout that a specification describes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        mebibytes: fc.integer({ min: 2, max: 8 }),
        order: fc.integer({ min: 0, max: 9 }),
        frames: fc.constantFrom('contiguous' as const, 'scattered' as const, { adjacency: 0.25 }),
        misalignmentPages: fc.integer({ min: 0, max: 3 }),
        flags: fc.constantFrom([], ['file' as const], ['shmem' as const, 'readonly' as const]),
        seed: fc.nat(),
      }),
      async ({ mebibytes, seed, ...shape }) => {
        const { order, frames, misalignmentPages, flags } = shape;
        const bytes = mebibytes * 1_048_576;
        const spec: LayoutSpec = { kind: 'uniform', bytes, leaf: 'pte', ...shape };
        const built = buildLayoutFromSpec(spec, seed);
        const framesText = typeof frames === 'string' ? frames : frames.adjacency;

        const found = await layout(
          `uniform:${mebibytes}MiB,order=${order},frames=${framesText},` +
            `misalignment=${misalignmentPages * 4}KiB,flags=${flags.join('|')},seed=${seed}`,
        );

        expect(found).toEqual({ ok: true, value: built.ok ? built.layout : null });
      },
    ),
    { numRuns: 50 },
  );
});

it('builds the mixed layout that a specification describes', async () => {
  const weights = [
    { order: 0, weight: 3 },
    { order: 9, weight: 0.5 },
  ];
  const spec: LayoutSpec = {
    kind: 'mixed',
    bytes: 67_108_864,
    weights,
    frames: 'scattered',
    leaf: 'pte',
    flags: [],
  };
  const built = buildLayoutFromSpec(spec, 1);

  const found = await layout('mixed:size=64MiB,weights=0:3+9:0.5,leaf=pte');

  expect(found).toEqual({ ok: true, value: built.ok ? built.layout : null });
});

it('builds the buddy layout that a specification describes', async () => {
  const spec: LayoutSpec = {
    kind: 'buddy',
    bytes: 4_194_304,
    enabledOrders: [4, 9],
    zoneBytes: 67_108_864,
    occupancy: 0.25,
    fragmentation: 0.75,
    misalignmentPages: 1,
    flags: ['shmem'],
  };
  const built = buildLayoutFromSpec(spec, 3);

  const found = await layout(
    'buddy:4MiB,orders=4+9,zone=64MiB,occupancy=0.25,fragmentation=0.75,misalignment=4k,flags=shmem,seed=3',
  );

  expect(found).toEqual({ ok: true, value: built.ok ? built.layout : null });
});

it('has the defaults of an experiment file where a specification says nothing', async () => {
  expect(await layout('uniform:2MiB')).toEqual({ ok: true, value: smallLayout({}) });
});

it.each([
  ['uniform:', /^uniform:: unknown key ""; /],
  ['uniform:order=5', /: size is missing; it takes a size such as 64MiB$/],
  ['uniform:2MB', /: size: unknown unit "MB"/],
  ['uniform:2MiB,ordre=5', /: unknown key "ordre"; did you mean order\?/],
  ['uniform:2MiB,order=5,order=6', /: order is given twice; once is allowed$/],
  ['uniform:2MiB,order=five', /: order: found "five"; allowed: a number$/],
  ['uniform:2MiB,order=19', /: order 19 is not a whole number from 0 to 18$/],
  ['uniform:2MiB,frames=1.5', /: frames: found "1.5"; allowed: contiguous, scattered, or/],
  ['uniform:2MiB,leaf=pgd', /: leaf: found "pgd"; allowed: pte, pmd, pud$/],
  ['uniform:2MiB,flags=anon|dirty', /: flags: found "dirty"; allowed: anon, /],
  ['mixed:2MiB', /: weights is missing; it takes order:weight/],
  ['mixed:2MiB,weights=0', /: weights: found "0"; it takes order:weight/],
  ['mixed:2MiB,weights=0:1,order=5', /: unknown key "order"; /],
  ['buddy:2MiB,orders=1', /: enabledOrders\[0\] 1 is not a whole number from 2 to 9$/],
  ['buddy:2MiB,zone=5MiB', /: zoneBytes 5242880 is not a multiple of 4194304 from /],
  ['captred', /^there is no layout captred; did you mean captured\?/],
  ['no/such.csv', /^no\/such.csv: there is no such file/],
])('refuses the layout %s in one sentence', async (argument, message) => {
  expect(await refusal(argument)).toMatch(message);
});

it('finds a cost model by its name and by its path', async () => {
  const expected = { ok: true, value: smallCostModel };
  const path = join(folder.path, 'cost-models', 'for-tests.json');

  expect(await findCostModel(folder.path, 'for-tests')).toEqual(expected);
  expect(await findCostModel(folder.path, path)).toEqual(expected);
});

it('refuses a cost model that is not there or not whole', async () => {
  const path = join(folder.path, 'broken.json');
  writeFileSync(path, '{ "schema": "folio-lab/cost-model@1" }');

  const missing = await findCostModel(folder.path, 'textbok');
  const broken = await findCostModel(folder.path, path);

  expect(missing).toEqual({
    ok: false,
    message: 'there is no cost model textbok; allowed: for-tests, or a JSON file',
  });
  expect(broken.ok ? 'found' : broken.message).toMatch(/broken.json:1: .*is missing/);
});
