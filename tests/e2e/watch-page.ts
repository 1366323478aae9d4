import type { Page } from '@playwright/test';

/** The laboratory has no other place: what lies elsewhere is outside. */
function isOwn(url: string, own: string): boolean {
  return url.startsWith(`${own}/`) || url.startsWith('data:') || url.startsWith('blob:');
}

/**
 * Listens to everything a page says that no page of ours should: violations of the content policy,
 * errors and warnings, requests to other places.
 *
 * @param own  The origin of the page, such as `http://127.0.0.1:4000`.
 * @returns The findings as sentences; the list grows while the page is open.
 */
export function watchPage(page: Page, own: string): readonly string[] {
  const findings: string[] = [];
  const where = (): string => new URL(page.url()).hash || page.url();
  page.on('console', (message) => {
    // Violations of the content policy are told as errors.
    if (['error', 'warning'].includes(message.type())) {
      findings.push(`${where()} said: ${message.text()}`);
    }
  });
  page.on('pageerror', ({ message }) => findings.push(`${where()} failed: ${message}`));
  page.on('request', (request) => {
    if (!isOwn(request.url(), own)) findings.push(`${where()} asked for ${request.url()}`);
  });
  return findings;
}
