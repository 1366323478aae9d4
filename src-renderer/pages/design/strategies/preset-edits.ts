import { PRESETS } from '#core';
import type { DraftEdit } from '../draft/draft-edit.ts';
import { entriesAt } from '../draft/draft-path.ts';
import type { DraftPath } from '../draft/draft-path.ts';

/** What has to go when another preset is chosen: parameters that it does not have. */
export function editsOnPreset(
  strategy: unknown,
  path: DraftPath,
  id: string,
): readonly DraftEdit[] {
  const preset = PRESETS.find((candidate) => candidate.id === id);
  const known = new Set(preset?.parameters.map(({ name }) => name));
  const written = entriesAt(strategy, ['parameters']);
  const strange = written.filter(([name]) => !known.has(name));
  const parameters = [...path, 'parameters'];
  if (strange.length === 0) return [];
  if (strange.length === written.length) return [{ kind: 'remove', path: parameters }];
  return strange.map(([name]) => ({ kind: 'remove', path: [...parameters, name] }));
}
