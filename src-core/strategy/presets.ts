import { FOLIO_PRESETS } from './presets/folio-presets.ts';
import { PAGE_PRESETS } from './presets/page-presets.ts';
import type { Preset } from './presets/preset.ts';
import { RETURN_PRESETS } from './presets/return-presets.ts';

export { hasChoice } from './presets/preset.ts';
export type { ParameterDescription, Parameters, Preset } from './presets/preset.ts';

/** Every named strategy, in the order in which they are listed. */
export const PRESETS: readonly Preset[] = [...PAGE_PRESETS, ...FOLIO_PRESETS, ...RETURN_PRESETS];

/** Ids of all presets. */
export const PRESET_IDS: readonly string[] = PRESETS.map((preset) => preset.id);
