/**
 * The vitest configuration of `apps/<app>/test/e2e`: real processes, started from what the build made.
 *
 * One file at a time: such tests start several daemons each, and fight over two cores otherwise.
 */
import { defineConfig } from 'vitest/config'
import { fromSource } from './vitest.shared.ts'

export default defineConfig({
  ...fromSource,
  test: {
    include: ['test/e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    passWithNoTests: true,
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.reports/e2e.json' }]]
  }
})
