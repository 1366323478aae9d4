import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { PRELOAD_FILE } from './places.ts';
import { SAFE_PREFERENCES } from './security.ts';
import { SMALLEST, visibleBounds } from './window-bounds.ts';
import type { WindowMemoryFile } from './window-memory.ts';

/** The canvas of the window's styles: no flash of white before a dark page. */
const CANVAS = { dark: '#16181d', light: '#f4f5f7' } as const;
/** Moving a window is many events. Unit: milliseconds. */
const REMEMBER_AFTER_MS = 500;

function usableAreas(): readonly Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

function rememberBounds(window: BrowserWindow, memory: WindowMemoryFile): void {
  let timer: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    memory.update({
      ...memory.current,
      bounds: window.getNormalBounds(),
      isMaximised: window.isMaximized(),
    });
  };
  const rememberSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(remember, REMEMBER_AFTER_MS);
  };
  window.on('resize', rememberSoon);
  window.on('move', rememberSoon);
  window.on('close', remember);
}

/** Runs go on without a window, so it can be loaded again. */
async function offerReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window stopped working.',
    detail: 'Nothing that was stored is lost, and runs go on.',
    buttons: ['Load It Again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 0) window.reload();
  else app.quit();
}

/**
 * Opens the window where it was, and shows it as soon as there is something to see.
 *
 * @param address  The window's own page.
 */
export function openLabWindow(address: string, memory: WindowMemoryFile): BrowserWindow {
  const window = new BrowserWindow({
    ...visibleBounds(memory.current.bounds, usableAreas()),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Folio Lab',
    backgroundColor: nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light,
    webPreferences: { ...SAFE_PREFERENCES, preload: PRELOAD_FILE },
  });
  if (memory.current.isMaximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window);
  });
  rememberBounds(window, memory);
  void window.loadURL(address);
  return window;
}
