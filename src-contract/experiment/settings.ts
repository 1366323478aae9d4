import { isCollection, isMap, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { describeValue } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { readYaml } from '../yaml-document.ts';

export type SettingsResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A path and what to put there. */
type Setting = { readonly path: readonly (string | number)[]; readonly value: unknown };
type SettingResult =
  | { readonly ok: true; readonly setting: Setting }
  | { readonly ok: false; readonly message: string };

const FORMS =
  'path=value, such as replicates=5, workload.blockSize=4KiB or layouts[0].uniform.order=5';
const FORMAT = { lineWidth: 100, flowCollectionPadding: false } as const;
/** How problems call what came from the command line. */
const PLACE = '--set';

/** Keys of a sweep have dots of their own: what follows `sweep.` is one key. */
function partsOfPath(path: string): readonly (string | number)[] | null {
  if (path.startsWith('sweep.')) return ['sweep', path.slice('sweep.'.length)];
  const words = path.replaceAll(/\[(\d{1,6})\]/g, '.$1').split('.');
  if (words.some((word) => !/^[A-Za-z0-9_-]+$/.test(word))) return null;
  return words.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
}

function readSetting(written: string): SettingResult {
  const equals = written.indexOf('=');
  const path = equals < 0 ? null : partsOfPath(written.slice(0, equals).trim());
  if (path === null) {
    return { ok: false, message: `found ${describeValue(written)}; allowed: ${FORMS}` };
  }
  const source = readYaml(written.slice(equals + 1), PLACE);
  if (source.problems.length > 0) {
    return {
      ok: false,
      message: `the value of ${describeValue(written)} is ${source.problems[0]?.message ?? 'not readable'}`,
    };
  }
  return { ok: true, setting: { path, value: source.value } };
}

/** Whether a value can be put at a path: everything around it is a map or a list, or not there yet. */
function obstacle(document: Document, { path }: Setting): string | null {
  for (let length = 0; length < path.length; length += 1) {
    const around: unknown =
      length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (around === undefined || around === null) return null;
    if (!isCollection(around))
      return `${path.slice(0, length).join('.')} is a plain value and has no keys`;
    const part = path[length];
    if (!isMap(around) && (typeof part !== 'number' || part >= around.items.length)) {
      const last = around.items.length - 1;
      return `${path.slice(0, length).join('.')} is a list; allowed: a position from 0 to ${last}`;
    }
  }
  return null;
}

/** A swept key would hide the setting, so the axis goes. */
function dropAxis(document: Document, path: Setting['path']): void {
  const key = path.join('.');
  const sweep = document.get('sweep');
  if (path[0] === 'sweep' || !isMap(sweep)) return;
  for (const pair of [...sweep.items]) {
    const axis = String(pair.key);
    if (axis === key || key.startsWith(`${axis}.`)) sweep.delete(pair.key);
  }
}

/**
 * Changes values of an experiment before it is read, as `--set` does. Comments stay.
 *
 * A key that the experiment sweeps is no longer swept once it is set.
 *
 * @param text      An experiment file that can be read as YAML.
 * @param settings  `path=value` each; the value is YAML, so lists and maps can be set too.
 * @returns The changed text, or one problem for each setting that cannot be made. Whether the values
 * make sense is for `parseExperimentFile` to say.
 */
export function applySettings(text: string, settings: readonly string[]): SettingsResult {
  if (settings.length === 0) return { ok: true, text };
  const source = readYaml(text, PLACE);
  // A text that cannot be read is returned as it is: reading it tells why, with its own lines.
  if (source.value === undefined) return { ok: true, text };
  const document = parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'error' });
  const problems: Problem[] = [];
  const report = (key: string, message: string): void => {
    problems.push({ file: PLACE, line: null, key, message });
  };
  for (const written of settings) {
    const result = readSetting(written);
    if (!result.ok) {
      report('', result.message);
      continue;
    }
    const { path, value } = result.setting;
    const reason = obstacle(document, result.setting);
    if (reason !== null) {
      report(path.join('.'), reason);
      continue;
    }
    document.setIn(path, document.createNode(value));
    dropAxis(document, path);
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, text: document.toString(FORMAT) };
}
