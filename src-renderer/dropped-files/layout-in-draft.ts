import type { OpenedLayout } from '#contract';
import { readDraftText } from '../pages/design/draft/draft-document.ts';
import { applyEdits } from '../pages/design/draft/draft-edit.ts';
import { freeName, namesIn, NEW_EXPERIMENT } from '../pages/design/draft/new-parts.ts';
import { counted } from '../sentences.ts';

/** A draft is read again at every key: more rows than this and typing would stutter. */
export const MOST_ROWS = 2000;

export type LayoutInDraft =
  | { readonly ok: true; readonly text: string; readonly name: string }
  /** Why it cannot be taken in, as one sentence. */
  | { readonly ok: false; readonly message: string };

/** `my heap.csv` as the name of a layout. */
function layoutName(fileName: string): string {
  return fileName.replace(/\.csv$/i, '').trim() || 'layout';
}

/**
 * Takes a layout into a draft, row by row: the draft then needs no other file.
 *
 * @param draft  Null where there is none: a new experiment begins with this layout alone.
 */
export function draftWithLayout(
  draft: string | null,
  { fileName, rows }: Pick<OpenedLayout, 'fileName' | 'rows'>,
): LayoutInDraft {
  if (rows.length > MOST_ROWS) {
    const message = `${fileName} has ${counted(rows.length, 'row')}, and a draft takes at most ${counted(MOST_ROWS, 'row')}; keep it beside the experiment file and name it there as "file: ${fileName}".`;
    return { ok: false, message };
  }
  const base = draft ?? NEW_EXPERIMENT;
  const taken = draft === null ? [] : namesIn(readDraftText(base).value, 'layouts');
  const name = freeName(layoutName(fileName), taken);
  const layout = { name, extents: rows };
  const text = applyEdits(base, [
    draft === null
      ? { kind: 'set', path: ['layouts'], value: [layout] }
      : { kind: 'insert', list: ['layouts'], index: taken.length, value: layout },
  ]);
  if (text !== null) return { ok: true, text, name };
  return { ok: false, message: `The draft is no YAML: mend it before ${fileName} is added.` };
}
