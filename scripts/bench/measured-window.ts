import type { Page } from '@playwright/test';

/** The laboratory in a host whose main process can be watched. */
export type MeasuredWindow = {
  readonly page: Page;
  readonly startMainWatch: () => Promise<void>;
  /** @returns The 99th percentile of the gaps between timers of 10 ms. Unit: milliseconds. */
  readonly stopMainWatch: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export const WINDOW_SIZE = { width: 1280, height: 800 } as const;
