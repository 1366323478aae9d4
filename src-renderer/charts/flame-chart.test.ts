import { describe, expect, it } from 'vitest';
import { buildFlameChart, tableOfFlames } from './flame-chart.ts';
import type { FlameView } from './flame-chart.ts';
import { layOutFlames, pathTo } from './flame-layout.ts';
import type { Flame, FlameNode } from './flame-layout.ts';
import { SAMPLE_TOKENS } from './testing/chart-samples.ts';

function call(path: string, selfNs: number, children: readonly FlameNode[] = []): FlameNode {
  const totalNs = children.reduce((sum, child) => sum + child.totalNs, selfNs);
  const tracedNs = children.reduce((sum, child) => sum + child.tracedNs + 1, selfNs + 10);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, name, calls: 1, selfNs, totalNs, tracedNs, children };
}

/** The tree in the comment of each test: a line is a row, a letter a nanosecond of its function. */
const BEFORE: Flame = {
  name: 'before',
  roots: [
    call('/get', 2, [call('/get/walk', 3, [call('/get/walk/grab', 4)]), call('/get/add', 1)]),
  ],
};
const AFTER: Flame = { name: 'after', roots: [call('/get', 1, [call('/get/add', 1)])] };
const VIEW: FlameView = {
  subject: 'Direct write of 4 KiB',
  time: 'untraced',
  focus: null,
  phaseOf: (name) => (name === 'walk' ? 'walk' : name === 'grab' ? 'grab' : 'add'),
};

function drawn(time: FlameView['time'], focus: string | null) {
  return layOutFlames([BEFORE, AFTER], time, focus).boxes.map(
    ({ node, row, fromNs, toNs }) => `${row} ${node.name} ${fromNs}-${toNs}`,
  );
}

describe('the calls of an I/O', () => {
  it('stand below their callers from left to right, one strategy below the other', () => {
    // before           after
    // gggggggggg       gg
    // wwwwwwwa         a
    // gggg
    expect(drawn('untraced', null)).toEqual([
      '1 get 0-10',
      '2 walk 0-7',
      '3 grab 0-4',
      '2 add 7-8',
      '5 get 0-2',
      '6 add 0-1',
    ]);
  });

  it('are as wide as their time with the tracer, when that is asked for', () => {
    expect(drawn('traced', null).slice(0, 3)).toEqual(['1 get 0-53', '2 walk 0-28', '3 grab 0-14']);
  });

  it('have no row where they take no time', () => {
    const idle = { name: 'idle', roots: [call('/get', 0, [call('/get/check', 0)])] };
    const checked = { name: 'checked', roots: [call('/get', 1, [call('/get/check', 0)])] };

    expect(layOutFlames([idle, checked], 'untraced', null)).toMatchObject({
      boxes: [{ row: 1, fromNs: 0, toNs: 1 }],
      headings: [{ name: 'checked', row: 0 }],
      rows: 2,
    });
    expect(layOutFlames([checked], 'traced', null).rows).toBe(3);
  });

  it('begin at a function that is picked; strategies without it are left out', () => {
    expect(drawn('untraced', '/get/walk')).toEqual(['1 walk 0-7', '2 grab 0-4']);
    expect(drawn('untraced', '/get/add')).toEqual(['1 add 0-1', '3 add 0-1']);
    expect(pathTo(BEFORE.roots, '/get/walk/grab').map(({ name }) => name)).toEqual([
      'get',
      'walk',
      'grab',
    ]);
    expect(pathTo(AFTER.roots, '/get/walk')).toEqual([]);
  });
});

describe('the flame graph', () => {
  it('colours functions by their phase, in the order of the phases', () => {
    const { option } = buildFlameChart([BEFORE, AFTER], VIEW, SAMPLE_TOKENS);
    const series = [option.series ?? []].flat().map(({ id, data }) => [id, data]);

    expect(series).toEqual([
      ['walk', [[0, 7, 2]]],
      ['grab', [[0, 4, 3]]],
      [
        'add',
        [
          [0, 10, 1],
          [7, 8, 2],
          [0, 2, 5],
          [0, 1, 6],
        ],
      ],
      [
        'headings',
        [
          [0, 0],
          [0, 4],
        ],
      ],
    ]);
  });

  it('says under the pointer what a function takes, and names it for picking', () => {
    const picture = buildFlameChart([BEFORE, AFTER], VIEW, SAMPLE_TOKENS);
    const hover = { kind: 'item', seriesId: 'walk', index: 0 } as const;

    expect(picture.idsAt(hover)).toEqual(['/get/walk']);
    expect(picture.tooltip(hover)).toMatchObject({
      title: 'walk()',
      rows: [
        { name: 'phase', value: 'walk' },
        { name: 'calls', value: '1' },
        { name: 'in itself', value: '3 ns' },
        { name: 'with callees', value: '7 ns' },
        { name: 'as traced', value: '28 ns' },
        { name: 'of the widest', value: '70 %' },
      ],
    });
    expect(picture.tooltip({ kind: 'item', seriesId: 'headings', index: 0 })).toBeNull();
  });

  it('has every function under every caller in its table', () => {
    expect(tableOfFlames([BEFORE, AFTER]).rows).toEqual([
      ['before', 'get', '', 0, 1, 2, 10, 53],
      ['before', 'walk', 'get', 1, 1, 3, 7, 28],
      ['before', 'grab', 'walk', 2, 1, 4, 4, 14],
      ['before', 'add', 'get', 1, 1, 1, 1, 11],
      ['after', 'get', '', 0, 1, 1, 2, 23],
      ['after', 'add', 'get', 1, 1, 1, 1, 11],
    ]);
  });

  it('says so where nothing is traced', () => {
    const picture = buildFlameChart([{ name: 'none', roots: [] }], VIEW, SAMPLE_TOKENS);

    expect(picture.emptyReason).toMatch(/calls no function/);
  });
});
