import { expect, it } from 'vitest';
import { exploreRace } from '#core';
import { raceDocument } from './race-document.ts';

it('a race and its document say the same, and survive being written as JSON', () => {
  const setup = {
    model: 'gup-dma',
    reference: 'pin',
    rules: 'none',
    fixes: ['hold-off-unmap'],
  } as const;
  const report = exploreRace(setup);
  const document = raceDocument(report);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  const { setup: asked, ...found } = report;
  expect(document).toEqual({
    schema: 'folio-lab/race@1',
    coreVersion: document.coreVersion,
    ...asked,
    ...found,
  });
  expect(document.violations.map(({ kind }) => kind)).toEqual(['lost-data']);
});
