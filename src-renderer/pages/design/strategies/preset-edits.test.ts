import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { applyEdits } from '../draft/draft-edit.ts';
import { valueAt } from '../draft/draft-path.ts';
import { editsOnPreset } from './preset-edits.ts';

const PATH = ['strategies', 0] as const;

function afterChoosing(id: string, strategy: string): unknown {
  const text = `strategies:\n  - ${strategy}\n`;
  const edits = editsOnPreset(valueAt(parse(text), PATH), PATH, id);
  return valueAt(parse(applyEdits(text, edits) ?? ''), PATH);
}

it('drops the parameters that another preset does not have', () => {
  expect(afterChoosing('today', '{ id: folio-batch, parameters: { entries: 15 } }')).toEqual({
    id: 'folio-batch',
  });
  expect(
    afterChoosing(
      'folio-threshold',
      '{ id: folio-batch, parameters: { entries: 15, threshold: 8 } }',
    ),
  ).toEqual({ id: 'folio-batch', parameters: { threshold: 8 } });
});

it('leaves alone what the other preset has too', () => {
  const strategy = '{ id: per-page, name: before, parameters: { kernel: v6.11 } }';

  expect(afterChoosing('folio-add', strategy)).toEqual(parse(strategy));
  expect(afterChoosing('today', '{ id: today }')).toEqual({ id: 'today' });
});
