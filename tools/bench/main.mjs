#!/usr/bin/env node
// Runs benchmarks by name: `npm run bench -- NAME... [--json]`. Figures are for comparing on one machine in one run.
import { benches } from './benches.ts'
import { renderJson, renderText } from './report.ts'

const args = process.argv.slice(2)
const json = args.includes('--json')
const names = args.filter(arg => !arg.startsWith('--'))
const unknown = names.filter(name => !(name in benches))

if (names.length === 0 || unknown.length > 0) {
  const known = Object.entries(benches).map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
  process.stderr.write(
    `${unknown.map(name => `There is no benchmark "${name}".\n`).join('')}Usage: npm run bench -- NAME... [--json]\n${known.join('\n')}\n`
  )
  process.exit(2)
}

const say = json ? () => undefined : line => process.stderr.write(`${line}\n`)
const reports = []
for (const name of names) {
  say(`${name}: ${benches[name].about}`)
  reports.push({ bench: name, results: await benches[name].run(say) })
}
process.stdout.write(json ? renderJson(reports) : renderText(reports))
