/** Adds up vitest's JSON reports, which every project leaves in its own `.reports` folder. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Removes what an earlier run left, so that it is not counted as this one's. */
export function clearReports(root, name) {
  for (const file of reportFiles(root, name)) rmSync(file, { force: true })
}

/** A test file that failed to load counts as one failure: vitest reports it without any test. */
export function countReports(root, name) {
  const files = reportFiles(root, name).filter(file => existsSync(file))
  const reports = files.map(file => JSON.parse(readFileSync(file, 'utf8')))
  return reports.reduce(
    (sum, report) => ({
      passed: sum.passed + report.numPassedTests,
      failed: sum.failed + report.numFailedTests + report.testResults.filter(failedToLoad).length,
      skipped: sum.skipped + report.numPendingTests + report.numTodoTests
    }),
    { passed: 0, failed: 0, skipped: 0 }
  )
}

function failedToLoad({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some(test => test.status === 'failed')
}

function reportFiles(root, name) {
  const grouped = ['apps', 'libs'].flatMap(group =>
    existsSync(join(root, group)) ? readdirSync(join(root, group)).map(it => join(group, it)) : []
  )
  return [...grouped, 'tools'].map(project => join(root, project, '.reports', name))
}
