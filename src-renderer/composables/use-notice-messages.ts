import { h, watch } from 'vue';
import type { VNode } from 'vue';
import { ElButton, ElMessage } from 'element-plus';
import type { MessageHandler } from 'element-plus';
import { useNoticesStore } from '../stores/notices-store.ts';
import type { Notice, NoticeKind } from '../stores/notices-store.ts';

const TYPES = { done: 'success', warning: 'warning', failure: 'error' } as const;
/** A failure stays until it is closed; what can be undone stays long enough to think. */
const SHOWN_MS: Readonly<Record<NoticeKind, number>> = { done: 3500, warning: 6000, failure: 0 };
const SHOWN_WITH_ACTION_MS = 10_000;
/** Above the status strip. Unit: CSS pixels. */
const OFFSET_PX = 44;

function contentOf({ text, action }: Notice, onClick: () => void): string | VNode {
  if (action === null) return text;
  const button = h(
    ElButton,
    { text: true, type: 'primary', size: 'small', onClick },
    () => action.title,
  );
  return h('span', { class: 'notice' }, [text, button]);
}

function show(notice: Notice, act: (notice: Notice) => void): MessageHandler {
  const onClick = (): void => {
    message.close();
    act(notice);
  };
  const message = ElMessage({
    type: TYPES[notice.kind],
    message: contentOf(notice, onClick),
    duration: notice.action === null ? SHOWN_MS[notice.kind] : SHOWN_WITH_ACTION_MS,
    showClose: true,
    placement: 'bottom',
    offset: OFFSET_PX,
  });
  return message;
}

/** Shows each notice once, in the kit's messages, which a screen reader hears. */
export function useNoticeMessages(): void {
  const notices = useNoticesStore();
  let passing: MessageHandler | null = null;
  watch(
    () => notices.latest,
    (notice) => {
      // What is done gives way to what was done after it; a failure waits to be read.
      passing?.close();
      passing = null;
      if (notice === null) return;
      const message = show(notice, notices.act);
      if (notice.kind !== 'failure') passing = message;
    },
  );
}
