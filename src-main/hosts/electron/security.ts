import { app, dialog, shell } from 'electron';
import type { Session, WebContents, WebPreferences } from 'electron';

/** The origin of the window's own pages. */
export type TrustedOrigin = string;

/** What every page of the application runs with. Nothing may loosen it. */
export const SAFE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // Its dictionaries would be fetched from the network.
  spellcheck: false,
} as const satisfies WebPreferences;

/**
 * The origin of an address; null for what is none. `URL.origin` is `null` for schemes of our own, so it
 * is put together here.
 */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  return host === '' ? null : `${protocol}//${host}`;
}

/** Whether a link may leave the application at all. */
export function isOutsideLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '';
}

/**
 * Opens a link in the user's browser: https, and only when the user says so. An address can carry away
 * what a page knows, so it is shown in full.
 */
async function openOutside(address: string): Promise<void> {
  if (!isOutsideLink(address)) return;
  const { href } = new URL(address);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this address in your browser?',
    detail: href,
    buttons: ['Open', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await shell.openExternal(href);
}

function confinePage(contents: WebContents, trusted: TrustedOrigin): void {
  const stay = (event: Electron.Event<{ readonly url: string }>): void => {
    // A reload is a navigation to where the page is already.
    if (originOf(event.url) !== trusted) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openOutside(url);
    return { action: 'deny' };
  });
}

function confineSession(session: Session, trusted: TrustedOrigin): void {
  // Copying a text is what a key press can do anyway; everything else of a machine is out of reach.
  const isCopying = (permission: string, origin: string | null): boolean =>
    permission === 'clipboard-sanitized-write' && origin === trusted;
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isCopying(permission, originOf(requestingUrl))),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isCopying(permission, originOf(requestingOrigin)),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol } = new URL(url);
    const isOwn = originOf(url) === trusted || ['data:', 'blob:', 'devtools:'].includes(protocol);
    answer({ cancel: !isOwn });
  });
  // Files leave through a dialog and the main process.
  session.on('will-download', (event) => event.preventDefault());
}

/**
 * Confines every page there will ever be to its own files: no navigation, no new windows, no
 * permissions, no downloads, no network. Links of https open in the user's browser when the user agrees.
 *
 * @param trusted  The origin of the window's own pages.
 */
export function confineApplication(session: Session, trusted: TrustedOrigin): void {
  confineSession(session, trusted);
  app.on('web-contents-created', (_event, contents) => confinePage(contents, trusted));
}
