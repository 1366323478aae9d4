import type { LabBridge } from '#contract';
import { createWebBridge } from './web-bridge/index.ts';

declare global {
  // What the preload exposed; nothing did in a browser.
  var lab: LabBridge | undefined;
}

/** The way to the laboratory: what the preload exposed, or the same over HTTP in a browser. */
export const lab: LabBridge = window.lab ?? createWebBridge();
