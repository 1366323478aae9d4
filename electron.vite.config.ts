import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: { input: { index: path('src-main/hosts/electron/index.ts') } },
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
      rolldownOptions: { input: { index: path('src-renderer/index.html') } },
    },
  },
});
