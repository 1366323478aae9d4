import { extentsFromLayout } from '#core';
import { layoutFromLabRows } from '../../layout-rows/read-layout-rows.ts';
import { rowsTextFromExtents } from '../../layout-rows/write-layout-rows.ts';
import { useLab } from '../../lab-access.ts';
import { counted } from '../../sentences.ts';
import { useExplainStore } from '../../stores/explain-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { wordFromLayout } from './question/layout-word.ts';
import type { LayoutWords } from './question/question.ts';

/** Rows are part of the address and read again at every key; more than this are none to edit. */
const MOST_ROWS = 2000;

/** Lets the user choose a layout CSV and asks about its rows; the command line then names the file. */
export function useLayoutFile(ask: (layout: LayoutWords) => void): () => Promise<void> {
  const lab = useLab();
  const store = useExplainStore();
  const notices = useNoticesStore();

  return async () => {
    const reply = await lab.openLayoutFile({ upload: null });
    if (!notices.report(reply) || reply.value === null) return;
    const { fileName, path, rows } = reply.value;
    if (rows.length > MOST_ROWS) {
      notices.fail(
        `${fileName} has ${counted(rows.length, 'row')}, and this page takes at most ${counted(MOST_ROWS, 'row')}; the command line takes them all: explain --layout ${fileName}.`,
      );
      return;
    }
    const reading = layoutFromLabRows(rows);
    if (!reading.ok) {
      notices.fail(`${fileName} is no layout: ${reading.message}.`);
      return;
    }
    const layout: LayoutWords = {
      kind: 'rows',
      text: rowsTextFromExtents(extentsFromLayout(reading.layout)),
    };
    store.savedRows = { word: wordFromLayout(layout), path: path ?? fileName };
    ask(layout);
  };
}
