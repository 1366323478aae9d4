import type { Remark } from '#contract';
import { wrapWords } from './text-table.ts';

const WIDTH = 100;

/** Sentences as a list, broken into lines. */
export function sentencesText(texts: readonly string[]): string {
  return texts.map((text) => wrapWords(`- ${text}`, WIDTH, '  ')).join('\n');
}

function remarkText({ line, text }: Remark): string {
  return line === null ? text : `Line ${line}: ${text}`;
}

/** What an importer has to say, under a title; nothing where it has nothing to say. */
export function remarksText(title: string, list: readonly Remark[]): readonly string[] {
  return list.length === 0 ? [] : [`${title}\n${sentencesText(list.map(remarkText))}`];
}
