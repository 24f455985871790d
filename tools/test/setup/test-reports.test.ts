import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clearReports, countReports } from '../../setup/test-reports.mjs'
import { writeRepository } from '../temp-repository.ts'

const report = (passed: number, failed: number, testResults: unknown[] = []) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults
  })

describe('test reports', () => {
  it('add up over projects', () => {
    const root = writeRepository({
      'libs/core/.reports/test.json': report(3, 0),
      'apps/cli/.reports/test.json': report(2, 1),
      'tools/.reports/e2e.json': report(9, 9)
    })
    expect(countReports(root, 'test.json')).toEqual({ passed: 5, failed: 1, skipped: 0 })
  })

  it('count a file that did not load as one failure', () => {
    const unloaded = { status: 'failed', assertionResults: [] }
    const root = writeRepository({ 'libs/core/.reports/test.json': report(3, 0, [unloaded]) })
    expect(countReports(root, 'test.json')).toEqual({ passed: 3, failed: 1, skipped: 0 })
  })

  it('can be cleared', () => {
    const root = writeRepository({ 'libs/core/.reports/test.json': report(3, 0) })
    clearReports(root, 'test.json')
    expect(existsSync(join(root, 'libs/core/.reports/test.json'))).toBe(false)
  })
})
