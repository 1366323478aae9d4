import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';
import { sampleContents } from './sample-contents.ts';
import { withFiles } from './sample-files.ts';
import { withFit } from './sample-fit.ts';
import { withRuns } from './sample-runs.ts';

const RENDERER_FOLDER = fileURLToPath(new URL('../../src-renderer', import.meta.url));

/** Where the window over the laboratory in memory is built. */
export const WINDOW_FOLDER = fileURLToPath(new URL('../../out/memory-window', import.meta.url));

/** How many runs each of the contents has that the window can be opened with. */
export const CONTENTS = { empty: 0, few: 14, full: 60, thousand: 1000 } as const;

/** Builds the window, without its hosts, over a laboratory in memory. */
export async function buildWindow(): Promise<void> {
  await build({
    root: RENDERER_FOLDER,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [vue()],
    build: {
      outDir: WINDOW_FOLDER,
      emptyOutDir: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: join(RENDERER_FOLDER, 'testing', 'index.html') },
    },
  });
}

/** Writes what the laboratory in memory can hold beside the window that `buildWindow` made. */
export async function writeContents(): Promise<void> {
  const folder = join(WINDOW_FOLDER, 'contents');
  mkdirSync(folder, { recursive: true });
  const { contents: sample, trials } = await sampleContents();
  writeFileSync(join(folder, 'trials.json'), JSON.stringify(trials));
  for (const [name, count] of Object.entries(CONTENTS)) {
    const contents = count === 0 ? sample : withFiles(withFit(withRuns(sample, count)));
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(contents));
  }
}
