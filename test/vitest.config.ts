import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __CONNECTED__: 'false', __CODER_ORIGINS__: '[]' },
  test: {
    include: ['test/*.test.ts', 'test/rooms/**/*.test.{ts,tsx}', 'test/e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**', '.output/**'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Real browsers and two cores: files one after the other keep the timing of one from troubling another.
    maxWorkers: 2,
    fileParallelism: true,
  },
});
