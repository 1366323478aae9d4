import { expect } from 'vitest';
import type { LabHost } from '../lab-host.ts';
import { beginDesign, button, startRun } from '../steps.ts';

/** A mistake is marked at its field, in words, and nothing starts before it is mended. */
export async function mistakes(host: LabHost): Promise<void> {
  const { page } = await host.open();
  await beginDesign(page);
  const start = button(page, 'Start');
  const field = page.getByRole('textbox', { name: 'Block size', exact: true });
  await start.and(page.locator(':enabled')).waitFor();

  await field.fill('three pages');
  await field.and(page.locator('[aria-invalid=true]')).waitFor();
  const said = await field.evaluate(
    (element) =>
      document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
  );
  expect(said).toContain('three pages');
  expect(await start.isDisabled()).toBe(true);

  await button(page, '1 mistake').click();
  const list = page.getByRole('region', { name: 'Mistakes' });
  await list.getByRole('button').filter({ hasText: 'workload.blockSize' }).click();
  await page.locator(':focus').and(field).waitFor();
  await field.fill('64KiB');
  await list.waitFor({ state: 'detached' });

  await button(page, 'YAML').click();
  const yaml = page.getByRole('textbox', { name: 'YAML', exact: true });
  const text = await yaml.inputValue();
  await yaml.fill(`layouts: [\n${text}`);
  await page.getByText(/cannot be read as YAML/).waitFor();
  expect(await start.isDisabled()).toBe(true);
  await yaml.fill(text);
  await start.and(page.locator(':enabled')).waitFor();
  await startRun(page);
}
