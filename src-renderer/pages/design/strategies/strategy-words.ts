import { PRESETS } from '#core';
import type { ParameterDescription, Preset } from '#core';
import { counted } from '../../../sentences.ts';
import { entriesAt, valueAt } from '../draft/draft-path.ts';
import type { Choice } from '../form/choice.ts';

/** Every preset, to be chosen from. */
export const PRESET_CHOICES: readonly Choice[] = PRESETS.map(({ id, title }) => ({
  value: id,
  title: id,
  meaning: title,
}));

/** The preset a written strategy is made from; null for an unknown one. */
export function presetOf(strategy: unknown): Preset | null {
  const id = valueAt(strategy, ['id']);
  return PRESETS.find((preset) => preset.id === id) ?? null;
}

/** A written strategy in a few words, for where its fields are folded away. */
export function strategyWords(strategy: unknown): string {
  const preset = presetOf(strategy);
  if (preset === null) return 'no such preset';
  const own = entriesAt(strategy, ['policies']).length;
  const composed = own === 0 ? [] : [`with ${counted(own, 'policy', 'policies')} of its own`];
  return [preset.title, ...composed].join(', ');
}

/** The values of a parameter to choose from; null for a number in a range. */
export function choicesOfParameter({ values }: ParameterDescription): readonly Choice[] | null {
  if ('least' in values) return null;
  return values.map((value) => ({
    value,
    title: value === true ? 'yes' : value === false ? 'no' : String(value),
  }));
}

/** What a parameter means, with its range. */
export function meaningOfParameter({ meaning, values }: ParameterDescription): string {
  return 'least' in values
    ? `${meaning}, ${values.least} to ${values.most.toLocaleString('en-US')}`
    : meaning;
}
