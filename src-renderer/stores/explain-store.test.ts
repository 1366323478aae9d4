import { beforeEach, describe, expect, it } from 'vitest';
import type { LayoutRow } from '#contract';
import { EMPTY_CONTENTS } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useExplainStore } from './explain-store.ts';

const ROWS: readonly LayoutRow[] = [[0, 4096, 16, 4, 'pte', 'anon']];

/** A laboratory that counts how often a layout is read. */
function labWithLayout(name: string): { readonly readings: () => number } {
  const { bridge } = createMemoryLab({ ...EMPTY_CONTENTS, layouts: { [name]: ROWS } });
  let readings = 0;
  useStoresOver({
    ...bridge,
    readLayout: (input) => {
      readings += 1;
      return bridge.readLayout(input);
    },
  });
  return { readings: () => readings };
}

describe('the store of the Explain page', () => {
  let lab = labWithLayout('thp2m');
  beforeEach(() => {
    lab = labWithLayout('thp2m');
  });

  it('reads a layout once, however often it is asked for', async () => {
    const store = useExplainStore();
    await Promise.all([store.loadLayout('thp2m'), store.loadLayout('thp2m')]);
    await store.loadLayout('thp2m');

    expect(store.layouts.get('thp2m')).toEqual({ ok: true, value: ROWS });
    expect(lab.readings()).toBe(1);
  });

  it('says that a layout is on its way', () => {
    const store = useExplainStore();
    void store.loadLayout('thp2m');

    expect(store.layouts.get('thp2m')).toBeNull();
    expect(store.layouts.get('other')).toBeUndefined();
  });

  it('has a layout that was on its way once it has been waited for', async () => {
    const store = useExplainStore();
    void store.loadLayout('thp2m');
    await store.loadLayout('thp2m');

    expect(store.layouts.get('thp2m')).toMatchObject({ ok: true });
  });

  it('keeps why a layout could not be read, and tries again when it is asked for again', async () => {
    const store = useExplainStore();
    await store.loadLayout('none');
    await store.loadLayout('none');

    expect(store.layouts.get('none')).toMatchObject({ ok: false, code: 'not-found' });
    expect(lab.readings()).toBe(2);
  });
});
