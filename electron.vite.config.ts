import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const migrations = new URL('src-main/lab/library/migrations/', import.meta.url);

/** The library reads its migrations as files when it is opened: they go where the bundle is. */
function shipMigrations(): Plugin {
  return {
    name: 'ship-migrations',
    generateBundle() {
      for (const name of readdirSync(migrations)) {
        const source = readFileSync(new URL(name, migrations));
        this.emitFile({ type: 'asset', fileName: `migrations/${name}`, source });
      }
    },
  };
}

const threads = {
  'simulation.worker': path('src-main/lab/queue/simulation.worker.ts'),
  'planning.worker': path('src-main/lab/planning/planning.worker.ts'),
};

const product = {
  index: path('src-main/hosts/electron/index.ts'),
  'end-to-end': path('src-main/hosts/electron/end-to-end.ts'),
};

// What loads its window from a server is no part of what is built.
const development = { index: path('src-main/hosts/electron/development.ts') };

export default defineConfig(({ command }) => ({
  main: {
    plugins: [shipMigrations()],
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: { ...(command === 'build' ? product : development), ...threads },
        output: { chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can load no other file: everything it needs is bundled into it, and
      // the sandbox runs CommonJS only.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: path('src-main/hosts/electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path('src-renderer'),
    plugins: [vue()],
    build: {
      outDir: path('out/renderer'),
      // The content policy allows fonts and sheets from files only, and not inside others.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: path('src-renderer/index.html') } },
    },
  },
}));
