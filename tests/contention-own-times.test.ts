import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildLayoutFromSpec, DB2_2008_WALKS, explainIo, resolveStrategy } from '#core';
import { parseCostModel } from '#contract';

const PAGES = 4;
const file = new URL('../experiments/cost-models/textbook.json', import.meta.url);

function ownNs(id: string): number {
  const parsed = parseCostModel(readFileSync(file, 'utf8'), 'textbook.json');
  const bytes = PAGES * 4096;
  const frames = { frames: 'scattered', leaf: 'pte', misalignmentPages: 0, flags: [] } as const;
  const built = buildLayoutFromSpec({ kind: 'uniform', bytes, order: 0, ...frames }, 1);
  const resolved = resolveStrategy({ id }, 'direct-io');
  if (!parsed.ok || !built.ok || !resolved.ok) throw new Error('not to be explained');
  const { prices } = parsed.costModel;
  const { events, phases } = explainIo({
    layout: built.layout,
    request: { api: 'direct-io', op: 'write', path: 'async', offset: 0, length: bytes },
    strategy: resolved.strategy,
    costModel: parsed.costModel,
    tracer: 'off',
  });
  const locks = (['mmap_rlock', 'mmap_runlock', 'ptl_lock'] as const).map(
    (event) => events[event] * prices[event],
  );
  const locksNs = locks.reduce((sum, ns) => sum + ns, 0);
  return phases.walk + phases.grab + phases.record - locksNs;
}

it.each([
  ['gup-locked', DB2_2008_WALKS.locked],
  ['fast-gup-2008', DB2_2008_WALKS.fast],
])('[CONT-10] %s takes what its events cost, less the locks that are simulated', (id, walk) => {
  expect(walk.callNs + PAGES * walk.pageNs).toBeCloseTo(ownNs(id), 6);
});
