import { expect, it } from 'vitest';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useValidateStore } from './validate-store.ts';

it('asks the laboratory once, and keeps what it said', async () => {
  const { bridge } = createMemoryLab();
  let asked = 0;
  useStoresOver({
    ...bridge,
    validate: (input) => {
      asked += 1;
      return bridge.validate(input);
    },
  });
  const store = useValidateStore();
  expect(store.document).toBeNull();

  await store.load();
  const reply = await store.load();

  expect(asked).toBe(1);
  expect(reply).toEqual({ ok: true, value: store.document });
  expect(store.document?.schema).toBe('folio-lab/validate@1');
});

it('has nothing after a failure, and asks again', async () => {
  const { bridge } = createMemoryLab();
  let isBroken = true;
  useStoresOver({
    ...bridge,
    validate: (input) =>
      isBroken
        ? Promise.resolve({ ok: false, code: 'unexpected', message: 'The figures are broken.' })
        : bridge.validate(input),
  });
  const store = useValidateStore();

  expect((await store.load()).ok).toBe(false);
  expect(store.document).toBeNull();
  isBroken = false;
  expect((await store.load()).ok).toBe(true);
});
