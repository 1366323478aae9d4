import { defineConfig } from 'vitest/config';

/** One project per layer, so that a layer's tests run alone: `vitest run --project core`. */
const layers = {
  core: 'src-core',
  contract: 'src-contract',
  lab: 'src-main/lab',
  hosts: 'src-main/hosts',
  renderer: 'src-renderer',
  tests: 'tests',
};

export default defineConfig({
  test: {
    // Vitest leaves one processor idle by default, which is half of a machine that has two.
    maxWorkers: '100%',
    projects: Object.entries(layers).map(([name, folder]) => ({
      test: {
        name,
        include: [`${folder}/**/*.test.ts`],
        setupFiles: ['tests/seed-properties.ts'],
        environment: 'node',
        // Real processes and databases on a busy machine: a test fails on what it found, not on how long it took.
        testTimeout: 120_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
