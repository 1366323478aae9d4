/// <reference lib="dom" />
// Functions that are sent into the page are written here.
import type { JSHandle, Page } from '@playwright/test';

const INPUT = 'file-to-drop';

/** A file of the disk as a page has it that it is dragged over. */
async function draggedFile(page: Page, path: string): Promise<JSHandle<DataTransfer>> {
  await page.evaluate((id) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = id;
    document.body.append(input);
  }, INPUT);
  await page.setInputFiles(`#${INPUT}`, path);
  return page.evaluateHandle((id) => {
    const input = document.querySelector<HTMLInputElement>(`#${id}`);
    const dragged = new DataTransfer();
    for (const file of input?.files ?? []) dragged.items.add(file);
    input?.remove();
    return dragged;
  }, INPUT);
}

function tellPage(page: Page, type: string, dragged: JSHandle<DataTransfer>): Promise<void> {
  return page.evaluate(
    ([name, dataTransfer]) => {
      const init = { dataTransfer, bubbles: true, cancelable: true };
      document.querySelector('main')?.dispatchEvent(new DragEvent(name, init));
    },
    [type, dragged] as const,
  );
}

/** Drags a file over the window, sees that it may be dropped, and drops it. */
export async function dropFile(page: Page, path: string): Promise<void> {
  const dragged = await draggedFile(page, path);
  const veil = page.getByText('Drop to open');
  await tellPage(page, 'dragenter', dragged);
  await tellPage(page, 'dragover', dragged);
  await veil.waitFor();
  await tellPage(page, 'drop', dragged);
  await veil.waitFor({ state: 'detached' });
}
