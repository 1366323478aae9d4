import { expect, it } from 'vitest';
import { parsePublishedFile } from './published-file.ts';
import { problemText } from './problem.ts';

const FILE = `schema: folio-lab/published@1
machines:
  - costModel: server
    from: textbook
    fits: [{ figure: s2.get, prices: [grab_call] }]
rests:
  - { id: device, meaning: the device, ns: 1000 }
workloads:
  - id: dax
    title: a pin
    layout: uniform:2MiB
    strategy: { id: today }
    api: gup-test
    operation: read
    length: 2MiB
figures:
  - id: s2.get
    figure: a time
    source: a posting
    unit: us
    published: 75
    workload: dax
    costModel: server
    measure: { kind: time, phases: [walk, grab], rest: device }
    basis: fitted
  - id: s2.share
    figure: a share
    source: a posting
    unit: '%'
    published: 4
    setting: a pin
    reason: it is not modelled
`;

function problemsOf(text: string): readonly string[] {
  const result = parsePublishedFile(text, 'f');
  return result.ok ? [] : result.problems.map(problemText);
}

it('reads figures with what is run for each, and fills defaults in', () => {
  const result = parsePublishedFile(FILE, 'f');
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  const { workloads, figures, machines } = result.file;
  expect(workloads.map(({ path, offset }) => ({ path, offset }))).toEqual([
    { path: 'async', offset: '0' },
  ]);
  expect(figures.map(({ measure }) => measure)).toEqual([
    { kind: 'time', phases: ['walk', 'grab'], rest: 'device', tracer: 'off', times: 1 },
    undefined,
  ]);
  expect(machines[0]?.set).toEqual({});
});

it('refuses to call a figure predicted on which something was fitted', () => {
  expect(problemsOf(FILE.replace('basis: fitted', 'basis: predicted'))).toEqual([
    'f:5: machines[0].fits[0].figure: s2.get is used for a fit, so its basis has to be fitted',
  ]);
});

it.each([
  ['workload: dax', 'workload: dox', 'there is no workload dox'],
  ['rest: device', 'rest: divice', 'there is no rest divice'],
  [
    '    reason: it is not modelled\n',
    '',
    'without a measure a figure needs a setting and a reason',
  ],
  ['    basis: fitted\n', '', 'is missing; it takes fitted or predicted'],
  ['id: s2.share', 'id: s2.get', 's2.get stands twice'],
  ['id: s2.share', 'id: s9.share', 'allowed: the source'],
  ['grab_call', 'grab_coll', 'allowed: the name of a priced event'],
  ['published: 75', 'published: many', 'allowed: a number, or nothing'],
])('says what is wrong where %s is written %s', (right, wrong, message) => {
  expect(problemsOf(FILE.replace(right, wrong)).join('\n')).toContain(message);
});

it('reads threads beside each other, and refuses some of which nobody does anything', () => {
  const machine = `machine: { coresPerSocket: 2, lockOperation: { local: 5, otherCore: 25, otherSocket: 25 }, wakeNs: 0, interrupt: { deliverNs: 0, handleNs: 0 } }`;
  const contention = (what: string): string =>
    `contentions:\n  - { id: beside, title: a munmap, ${machine}${what} }\n`;
  const figure = `  - id: x.munmap
    figure: a time
    source: a measurement
    unit: us
    published: 7
    measure: { kind: contention, of: beside, group: unmap }
    basis: predicted
`;
  const unmapper = contention(', unmapper: { beforeNs: 1, afterNs: 1 }');
  expect(problemsOf(unmapper + FILE + figure)).toEqual([]);
  expect(problemsOf(FILE + figure).join()).toContain('there is no contention beside');
  expect(problemsOf(contention('') + FILE + figure).join()).toContain(
    'an unmapper, a pinner, or both',
  );
});

it('a ratio needs figures that are modelled', () => {
  const ratio = `  - id: s2.ratio
    figure: before by after
    source: a posting
    unit: ratio
    published: 2
    measure: { kind: ratio, before: s2.get, after: s2.share }
    basis: predicted
`;
  expect(problemsOf(FILE + ratio)).toEqual([
    'f:38: figures[2].measure: there is no modelled figure s2.share',
  ]);
});
