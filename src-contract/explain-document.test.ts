import { expect, it } from 'vitest';
import {
  buildLayoutFromSpec,
  EVENTS,
  explainIo,
  PRICED,
  recordFromKeys,
  resolveStrategy,
} from '#core';
import type { CostModel, Explanation } from '#core';
import { explainDocument, explainDocumentSchema } from './explain-document.ts';

const noTracer = { enterNs: 0, exitNs: 0, exitNsRange: [0, 0], ownTimeScale: 1 } as const;
const costModel: CostModel = {
  id: 'one-each',
  title: 'One nanosecond for everything',
  provenance: 'Made up.',
  error: 'Unknown.',
  prices: recordFromKeys(PRICED, () => 1),
  jitter: { sigma: 0 },
  tracer: { before: noTracer, after: noTracer },
};

/** A write of 64 KiB that begins in the middle of a folio of 16 KiB. */
function explainOne(): Explanation {
  const built = buildLayoutFromSpec(
    {
      kind: 'uniform',
      bytes: 1_048_576,
      order: 2,
      frames: 'scattered',
      leaf: 'pte',
      misalignmentPages: 0,
      flags: [],
    },
    1,
  );
  const strategy = resolveStrategy(
    { id: 'folio-vec', policies: { visit: 'batched' } },
    'direct-io',
  );
  if (!built.ok || !strategy.ok) throw new Error('the example is wrong');
  return explainIo({
    layout: built.layout,
    request: { api: 'direct-io', op: 'write', offset: 8704, length: 65_536, path: 'async' },
    strategy: strategy.strategy,
    costModel,
    tracer: 'off',
  });
}

it('an explanation and its document say the same, and survive being written as JSON', () => {
  const explanation = explainOne();
  const document = explainDocument(explanation, { layout: 'example', costModel, trace: null });
  const read = explainDocumentSchema.parse(JSON.parse(JSON.stringify(document)));
  expect(read).toEqual(document);
  expect(Object.keys(read.events)).toEqual([...EVENTS]);
  expect(read).toMatchObject({
    schema: 'folio-lab/explain@1',
    strategy: 'folio-vec',
    policies: { visit: 'batched' },
    outcome: { kind: 'pinned', pages: 17 },
    folioRuns: 5,
    totalNs: explanation.totalNs,
    bvecs: explanation.bvecs,
  });
});

it('references are listed by folio, ascending', () => {
  const { references } = explainDocument(explainOne(), {
    layout: 'example',
    costModel,
    trace: null,
  });
  const folios = references.map(({ folio }) => folio);
  expect(folios).toEqual([...folios].sort((a, b) => a - b));
  expect(references.map(({ added, removed }) => added - removed)).toEqual([0, 0, 0, 0, 0]);
});
