import type { WebFrameMain } from 'electron';
import { originOf } from '../security.ts';
import type { TrustedOrigin } from '../security.ts';

/** Where a message came from. */
export type Sender = { readonly senderFrame: WebFrameMain | null };

/** Whether a message came from a page of ours, and not from a frame inside one. */
export function isTrustedSender({ senderFrame }: Sender, trusted: TrustedOrigin): boolean {
  // Null for a frame that has gone since.
  if (senderFrame === null || senderFrame.parent !== null) return false;
  return originOf(senderFrame.url) === trusted;
}
