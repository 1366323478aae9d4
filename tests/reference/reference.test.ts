import { describe, expect, it } from 'vitest';
import { workedExamples } from '../golden/worked-examples.ts';
import { countReference, eventNames } from './index.ts';
import type { ReferenceResult } from './index.ts';

function sumReferences(result: ReferenceResult): { added: number; removed: number } {
  let added = 0;
  let removed = 0;
  for (const folio of result.references.values()) {
    added += folio.added;
    removed += folio.removed;
  }
  return { added, removed };
}

describe('[COUNT-2] the reference implementation reproduces the worked examples', () => {
  it.each(workedExamples)('$name', ({ rows, request, expected }) => {
    const result = countReference(rows, request);

    const { events, references, meta, nodestat, ...rest } = expected;
    expect(result.events).toMatchObject(events);
    expect(result).toMatchObject(rest);
    if (references !== undefined) {
      expect(sumReferences(result)).toEqual({ added: references, removed: references });
    }
    if (meta !== undefined) {
      expect(result.metaByStage).toEqual(meta);
    }
    if (nodestat !== undefined) {
      expect(result.nodestatByStage).toEqual(nodestat);
    }
  });

  it('lists every event name once', () => {
    expect(new Set(eventNames).size).toBe(42);
  });
});
