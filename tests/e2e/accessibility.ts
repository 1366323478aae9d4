import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { until } from '../hosts/test-laboratory.ts';

/** Whether nothing moves but what moves for ever: what fades in has too little contrast yet. */
function isStill(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().endTime === Infinity,
      ),
  );
}

/** What keeps somebody from using the page as it stands, in sentences; no serious or critical barrier gives none. */
export async function findBarriers(page: Page, name: string): Promise<readonly string[]> {
  await until(() => isStill(page));
  // Otherwise axe opens another page for its report, which Electron has not.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const places = nodes.slice(0, 4).map(({ target }) => target.join(' '));
      return `${name}: ${id}: ${help} (${places.join('; ')})`;
    });
}
