import { expect, it } from 'vitest';
import { emptyLayout, isTableLayout } from './table-layout.ts';

it('recognises what it remembered', () => {
  const layout = { ...emptyLayout([{ id: 'started', desc: true }]), shown: { seed: false } };

  expect(isTableLayout(JSON.parse(JSON.stringify(layout)))).toBe(true);
});

it.each([
  null,
  [],
  'text',
  { sorting: [], shown: {} },
  { sorting: [{ id: 1, desc: true }], shown: {}, hidesConstant: false },
  { sorting: [], shown: { seed: 'yes' }, hidesConstant: false },
])('forgets what another version remembered: %o', (value) => {
  expect(isTableLayout(value)).toBe(false);
});
