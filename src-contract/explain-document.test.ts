import { expect, it } from 'vitest';
import {
  buildLayoutFromSpec,
  EVENTS,
  explainIo,
  PRICED,
  recordFromKeys,
  resolveStrategy,
} from '#core';
import type { CostModel, ExplainInput, Explanation } from '#core';
import { explainDocument, explainDocumentSchema } from './explain-document.ts';

const noTracer = { enterNs: 0, exitNs: 0, exitNsRange: [0, 0], ownTimeScale: 1 } as const;
const costModel: CostModel = {
  id: 'one-each',
  title: 'One nanosecond for everything',
  provenance: 'Made up.',
  error: 'Unknown.',
  prices: recordFromKeys(PRICED, () => 1),
  cacheBytes: null,
  jitter: { sigma: 0 },
  tracer: { before: noTracer, after: noTracer },
};

/** A write of 64 KiB that begins in the middle of a folio of 16 KiB. */
function inputOf({ request, strategy }: Pick<Explanation, 'request' | 'strategy'>): ExplainInput {
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
  if (!built.ok) throw new Error('the example is wrong');
  return { layout: built.layout, request, strategy, costModel, tracer: 'off' };
}

function explainOne(): Explanation {
  const strategy = resolveStrategy(
    { id: 'folio-vec', policies: { visit: 'batched' } },
    'direct-io',
  );
  if (!strategy.ok) throw new Error('the example is wrong');
  const request = {
    api: 'direct-io',
    op: 'write',
    offset: 8704,
    length: 65_536,
    path: 'async',
  } as const;
  return explainIo(inputOf({ request, strategy: strategy.strategy }));
}

it('an explanation and its document say the same, and survive being written as JSON', () => {
  const explanation = explainOne();
  const document = explainDocument(explanation, {
    layout: 'example',
    costModel,
    trace: null,
    chain: null,
  });
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
    chain: null,
  });
  const folios = references.map(({ folio }) => folio);
  expect(folios).toEqual([...folios].sort((a, b) => a - b));
  expect(references.map(({ added, removed }) => added - removed)).toEqual([0, 0, 0, 0, 0]);
});

it('the chain says before and after of the same I/O, and survives being written as JSON', () => {
  const after = explainOne();
  const perPage = resolveStrategy({ id: 'per-page' }, 'direct-io');
  if (!perPage.ok) throw new Error('the example is wrong');
  const before = explainIo({ ...inputOf(after), strategy: perPage.strategy });
  const chain = { before, after };
  const document = explainDocument(after, { layout: 'example', costModel, trace: null, chain });
  const read = explainDocumentSchema.parse(JSON.parse(JSON.stringify(document)));

  expect(read).toEqual(document);
  expect(read.chain).toMatchObject({
    before: { strategy: 'per-page', strategyName: 'per-page kernel=v6.11' },
    after: { strategy: 'folio-vec' },
  });
  expect(read.chain?.rows.find(({ key }) => key === 'grab')).toMatchObject({
    before: { name: 'try_grab_folio', calls: 17 },
    after: { name: 'try_grab_folio', calls: 5 },
  });
  expect(read.chain?.listings).toContain('18)');
});
