import { describe, expect, it } from 'vitest';
import { workedExamples } from '../golden/worked-examples.ts';
import { comparable, explainRequest } from './compare-with-reference.ts';

describe('[COUNT-2] the fast counter reproduces the worked examples', () => {
  it.each(workedExamples)('$name', ({ rows, request, expected }) => {
    const { references, nodestatByStage, metaByStage, ...found } = comparable(
      rows,
      explainRequest(rows, request),
    );

    const { events, references: expectedReferences, meta, nodestat, ...rest } = expected;
    expect(found.events).toMatchObject(events);
    expect(found).toMatchObject(rest);
    if (meta !== undefined) expect(metaByStage).toEqual(meta);
    if (nodestat !== undefined) expect(nodestatByStage).toEqual(nodestat);
    if (expectedReferences !== undefined) {
      const folios = [...references.values()];
      expect(folios.reduce((sum, { added }) => sum + added, 0)).toBe(expectedReferences);
      expect(folios.reduce((sum, { removed }) => sum + removed, 0)).toBe(expectedReferences);
    }
  });
});
