/**
 * The one vitest configuration of every project.
 *
 * Tests run from TypeScript source (export condition `source`), so that no stale `dist` can make one pass.
 * The JSON report is what `tools/setup/test.mjs` counts; nx caches it together with the verdict.
 */
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

/** Resolves workspace packages to `src/index.ts`, in the test and in what it imports. */
export const fromSource = {
  resolve: { conditions: ['source', ...defaultServerConditions] },
  ssr: { resolve: { conditions: ['source', ...defaultServerConditions] } }
}

export default defineConfig({
  ...fromSource,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', '**/node_modules/**', '**/dist/**'],
    passWithNoTests: true,
    // A busy machine of two cores must not make a test fail that is only slow there.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: '.reports/test.json' }]]
  }
})
