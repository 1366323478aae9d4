import type { Page } from '@playwright/test';

/** A window of the laboratory, and what a user does outside its page. */
export type LabWindow = {
  readonly page: Page;
  /** What the page did that no page of ours may, in sentences. Grows while the page is open. */
  readonly findings: readonly string[];
  /**
   * Does what saves something, and lets it be saved.
   *
   * @returns The path of what was saved: a file, or a folder where the host saves folders.
   */
  readonly saveBy: (act: () => Promise<void>) => Promise<string>;
  /** Does what asks for a file, and chooses this one. */
  readonly openBy: (path: string, act: () => Promise<void>) => Promise<void>;
  /** Ends the process of the laboratory as nobody should: it can do nothing about it. */
  readonly kill: () => Promise<void>;
  /** Ends the laboratory as its user does. */
  readonly quit: () => Promise<void>;
};

/** The laboratory in one of its hosts, over a library of its own. */
export type LabHost = {
  /** Starts the laboratory and opens its window; again when it was ended. */
  readonly open: () => Promise<LabWindow>;
  /** The windows that were opened, in their order. */
  readonly windows: readonly LabWindow[];
  /** Ends what is not ended, and removes the library. */
  readonly close: () => Promise<void>;
};
