import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Waits until nothing moves but what moves for ever: what fades in has too little contrast yet. */
async function waitUntilStill(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => {
      const isEndless = effect?.getComputedTiming().endTime === Infinity;
      return playState !== 'running' || isEndless;
    }),
  );
}

/** What keeps somebody from using the page as it stands, in sentences; no serious or critical barrier gives none. */
export async function findBarriers(page: Page, name: string): Promise<readonly string[]> {
  await waitUntilStill(page);
  // Otherwise axe opens another page for its report, which Electron has not.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 4).map(({ target }) => target.join(' '));
      return `${name}: ${id}: ${help} (${places.join('; ')})`;
    });
}
