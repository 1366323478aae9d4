import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApplication } from '../electron/application.ts';
import { APPLICATION_FOLDER, until } from '../hosts/test-laboratory.ts';
import { JOURNEYS } from './journeys/index.ts';
import type { LabHost } from './lab-host.ts';

/** A journey is long, and the machine may be busy. Unit: milliseconds. */
const JOURNEY_TIMEOUT_MS = 300_000;
const PICTURES = join(APPLICATION_FOLDER, 'out/e2e');

/** Keeps what the last window looked like, for whoever wants to know why a journey ended there. */
async function takePicture(host: LabHost, title: string): Promise<void> {
  const page = host.windows.at(-1)?.page;
  if (page === undefined || page.isClosed()) return;
  const path = join(PICTURES, `${title.replaceAll(/\W+/g, '-')}.png`);
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path }).catch(() => undefined);
  console.error(`The window as it was then: ${path}`);
}

/** Every page of ours runs under a policy that this page breaks in four ways. */
async function breakPolicy(host: LabHost): Promise<readonly string[]> {
  const { page, findings } = await host.open();
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red" onclick="1">inline</p>');
    const script = document.createElement('script');
    script.textContent = 'document.title = "broken"';
    document.body.append(script);
    const image = new Image();
    image.src = 'https://attack.example/image.png';
    document.body.append(image);
    void fetch('https://attack.example/').catch(() => undefined);
  });
  await until(() => findings.length >= 4);
  expect(await page.title()).not.toBe('broken');
  return findings;
}

/**
 * Describes all journeys in one host. Whatever a journey is about, it fails when a page says an error,
 * breaks the content policy or asks for something outside.
 *
 * @param name      The host, as the subject of a sentence.
 * @param openHost  Gives a host over an empty library.
 */
export function describeJourneys(name: string, openHost: () => Promise<LabHost>): void {
  describe(name, { timeout: JOURNEY_TIMEOUT_MS }, () => {
    let host: LabHost | null = null;

    beforeAll(buildApplication);
    beforeEach(() => {
      host = null;
    });
    afterEach(async ({ task }) => {
      if (host !== null && task.result?.state === 'fail')
        await takePicture(host, `${name} ${task.name}`);
      await host?.close();
    });

    for (const { title, walk } of JOURNEYS) {
      it(title, async () => {
        host = await openHost();
        await walk(host);
        expect(host.windows.flatMap(({ findings }) => findings)).toEqual([]);
      });
    }

    it('finds out a page that breaks the content policy or asks for something outside', async () => {
      host = await openHost();
      const findings = await breakPolicy(host);
      for (const word of ['style-src', 'script-src', 'img-src', 'connect-src']) {
        expect(findings.join('\n')).toContain(word);
      }
    });
  });
}
