import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recogniseTrace } from './recognise-trace.ts';

function head(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8').slice(0, 4000);
}

it.each([
  ['gup-test-6.12.txt', 'gup-test'],
  ['gup-test-5.15-threads.txt', 'gup-test'],
  ['gup-benchmark-5.4.txt', 'gup-test'],
  ['function-graph-two-cpus.txt', 'function-graph'],
  ['function-graph-all-columns.txt', 'function-graph'],
  ['function-graph-lost-events.txt', 'function-graph'],
  ['trace-cmd-report.txt', 'function-graph'],
  ['talk-2024-listings.txt', 'talk-listing'],
])('tells that %s is a %s', (name, kind) => {
  expect(recogniseTrace(head(name))).toBe(kind);
});

it.each(['pin-register.csv', 'fio-json.json', 'fio-2.json', 'primitives.csv'])(
  'takes %s for none of them',
  (name) => {
    expect(recogniseTrace(head(name))).toBeNull();
  },
);

it('answers any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([null, 'gup-test', 'function-graph', 'talk-listing']).toContain(recogniseTrace(text));
    }),
  );
});
