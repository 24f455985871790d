/** Runs all tidy checks on the repository (or on the folder given), prints findings and fails if there are any. */
import { resolve } from 'node:path'
import { checks } from './checks.ts'
import { formatViolation } from './violation.ts'

const root = resolve(process.argv[2] ?? `${import.meta.dirname}/../..`)
const violations = Object.values(checks).flatMap(check => check(root))
const failures = violations.filter(({ severity }) => severity !== 'warning')

for (const violation of violations) console.log(formatViolation(violation))
console.log(`tidy: ${Object.keys(checks).length} checks, ${failures.length} findings`)
process.exitCode = failures.length > 0 ? 1 : 0
