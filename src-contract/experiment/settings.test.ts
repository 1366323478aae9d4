import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { EXPERIMENT_TEXT } from '../testing/experiment-text.ts';
import { experimentFile } from '../testing/simulated-trials.ts';
import { applySettings } from './settings.ts';

const FORMS =
  'allowed: path=value, such as replicates=5, workload.blockSize=4KiB or layouts[0].uniform.order=5';

/** The text after settings that must be possible. */
function textAfter(...settings: readonly string[]): string {
  const result = applySettings(EXPERIMENT_TEXT, settings);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.text;
}

it('puts values at their paths: words, sizes, lists, maps, keys that were not there', () => {
  const file = experimentFile(
    textAfter(
      'replicates=5',
      'workload.threads=4',
      'layouts[1].uniform.order=2',
      'strategies.1.parameters.entries=31',
      'sweep.workload.count=[100, 200]',
      'workload.device={service: {distribution: constant, mean: 10us}}',
    ),
  );

  expect(file.replicates).toBe(5);
  expect(file.workload.threads).toBe(4);
  expect(file.layouts[1]?.uniform?.order).toBe(2);
  expect(file.strategies[1]?.parameters).toEqual({ entries: 31 });
  expect(file.sweep['workload.count']).toEqual([100, 200]);
  expect(file.workload.device?.service.mean).toBe(10_000);
});

it('a key that is set is no longer swept', () => {
  const file = experimentFile(textAfter('workload.blockSize=64KiB', 'tracer=off'));

  expect(file.sweep).toEqual({});
  expect(file.workload.blockSize).toBe(65_536);
});

it('keeps comments and changes nothing else', () => {
  const text = `# why\n${EXPERIMENT_TEXT}`;
  const result = applySettings(text, ['seed=43']);

  expect(result.ok && result.text.startsWith('# why\n')).toBe(true);
  expect(result.ok && { ...experimentFile(result.text), seed: 42 }).toEqual(experimentFile());
  expect(applySettings(text, [])).toEqual({ ok: true, text });
});

it('a setting that cannot be made is told in one sentence, and nothing is changed', () => {
  const result = applySettings(EXPERIMENT_TEXT, [
    'seed',
    'a..b=1',
    'title.size=3',
    'layouts[7].name=x',
    'seed=[',
    'replicates=2',
  ]);

  expect(result.ok ? [] : result.problems).toEqual([
    {
      file: '--set',
      line: null,
      key: '',
      message: `found "seed"; ${FORMS}`,
    },
    { file: '--set', line: null, key: '', message: `found "a..b=1"; ${FORMS}` },
    {
      file: '--set',
      line: null,
      key: 'title.size',
      message: 'title is a plain value and has no keys',
    },
    {
      file: '--set',
      line: null,
      key: 'layouts.7.name',
      message: 'layouts is a list; allowed: a position from 0 to 1',
    },
    {
      file: '--set',
      line: null,
      key: '',
      message: 'the value of "seed=[" is not readable as YAML: Flow sequence must end with a ]',
    },
  ]);
});

it('leaves a text that cannot be read for the reader to refuse', () => {
  expect(applySettings('a: [', ['a=1'])).toEqual({ ok: true, text: 'a: [' });
});

it('never crashes, whatever is set', () => {
  assert(
    property(string(), (setting) => {
      const result = applySettings(EXPERIMENT_TEXT, [setting]);
      expect(result.ok || result.problems.length === 1).toBe(true);
    }),
  );
  assert(
    property(string(), string(), (path, value) => {
      expect(() => applySettings(EXPERIMENT_TEXT, [`${path}=${value}`])).not.toThrow();
      expect(() => applySettings(path, [`seed=${value}`])).not.toThrow();
    }),
  );
});
