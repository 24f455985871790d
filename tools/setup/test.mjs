/**
 * The whole gate, stage by stage: lint, build, test, sim, e2e. `npm test -- <stage>...` runs only those named.
 *
 * The last line reads `N passed, N failed`: tests from vitest's JSON reports, and one failure for each other
 * stage that did not pass. A failed build stops the run; after any other failure the rest still runs, so that
 * one run tells everything. Exit code 1 when anything failed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { clearReports, countReports } from './test-reports.mjs'

const root = resolve(import.meta.dirname, '../..')
const simulation = 'libs/simulation/dist/main.js'
const SIM_SEEDS = '200'

const stages = [
  {
    name: 'lint',
    commands: [
      ['oxlint', '--type-aware', '--deny-warnings', '--quiet'],
      ['node', 'tools/tidy/main.ts'],
      ['prettier', '--check', '--log-level', 'warn', '.'],
      ['tsc', '-p', 'tsconfig.test.json']
    ]
  },
  { name: 'build', commands: [['npm', 'run', 'build', '--silent']], required: true },
  { name: 'test', commands: [['nx', 'run-many', '-t', 'test', '--nxBail=false']], report: 'test.json' },
  {
    name: 'sim',
    commands: [['node', simulation, '--seeds', SIM_SEEDS]],
    unless: () => !existsSync(resolve(root, simulation)) && `there is no ${simulation}`
  },
  {
    name: 'e2e',
    commands: [['nx', 'run-many', '-t', 'e2e', '--parallel=1', '--nxBail=false']],
    report: 'e2e.json'
  }
]

const asked = process.argv.slice(2)
const unknown = asked.filter(name => !stages.some(stage => stage.name === name))
if (unknown.length > 0) {
  console.error(`Unknown stage: ${unknown.join(', ')}. Stages: ${stages.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

const results = []
for (const stage of stages.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const result = runStage(stage)
  results.push(result)
  if (stage.required && !result.ok) break
}
process.exitCode = summarize(results)

function runStage({ name, commands, report, unless }) {
  const reason = unless?.()
  console.log(`\n=== ${name}${reason ? `: left out, ${reason}` : ''}`)
  if (reason) return { name, ok: true, passed: 0, failed: 0, note: 'left out' }
  if (report) clearReports(root, report)
  const startedMs = performance.now()
  const ok = commands.map(run).every(Boolean)
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  const counts = report ? countReports(root, report) : { passed: 0, failed: 0, skipped: 0 }
  const failed = ok ? counts.failed : Math.max(counts.failed, 1)
  console.log(`--- ${name} ${failed > 0 ? 'FAILED' : 'ok'} in ${seconds} s`)
  return {
    name,
    ok: failed === 0,
    passed: counts.passed,
    failed,
    note: `${seconds} s`,
    skipped: counts.skipped
  }
}

function run([command, ...args]) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (error) console.error(`${command}: ${error.message}`)
  return status === 0
}

function summarize(all) {
  const total = field => all.reduce((sum, result) => sum + (result[field] ?? 0), 0)
  const line = all.map(({ name, ok, note }) => `${name} ${ok ? 'ok' : 'FAILED'} (${note})`).join(', ')
  console.log(`\n${line}`)
  if (total('skipped') > 0) console.log(`${total('skipped')} skipped`)
  console.log(`${total('passed')} passed, ${total('failed')} failed`)
  return total('failed') > 0 ? 1 : 0
}
