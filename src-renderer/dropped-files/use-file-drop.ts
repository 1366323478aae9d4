import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import { useEventListener } from '@vueuse/core';

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes files that are dropped anywhere on the window.
 *
 * @returns Whether some are being dragged over it.
 */
export function useFileDrop(take: (files: readonly File[]) => unknown): ShallowRef<boolean> {
  const isOver = shallowRef(false);

  function onDrag(event: DragEvent): void {
    if (!holdsFiles(event)) return;
    // Without this the window would refuse the drop, or go to the file.
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    isOver.value = true;
  }
  useEventListener(window, ['dragenter', 'dragover'], onDrag);
  useEventListener(window, 'dragleave', ({ relatedTarget }: DragEvent) => {
    // From one element to another is still inside.
    if (relatedTarget === null) isOver.value = false;
  });
  useEventListener(window, 'drop', (event: DragEvent) => {
    isOver.value = false;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files ?? [])]);
  });
  return isOver;
}
