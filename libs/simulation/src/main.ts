import { simulationPlugins } from './cluster/plugins.ts'
import { runSeed } from './run/run-seed.ts'
import { byzantine } from './scenarios/byzantine.ts'
import { consensus } from './scenarios/consensus.ts'

const arg = (name: string): string | undefined => {
  const i = process.argv.indexOf(name)
  return i < 0 ? undefined : process.argv[i + 1]
}
const seeds = Number(arg('--seeds') ?? 100)
const from = Number(arg('--from') ?? 1)
const verbose = process.argv.includes('--verbose')
let violations = 0
let batches = 0
const t0 = Date.now()
for (let seed = from; seed < from + seeds; seed++) {
  const result = runSeed({
    seed,
    scenario: arg('--scenario') === 'byzantine' ? byzantine : consensus,
    plugins: simulationPlugins(),
    ...(verbose ? { listener: (l: string) => console.log(l) } : {})
  })
  batches += result.batches
  if (result.violations.length > 0) {
    violations++
    console.log(`seed ${seed}: ${result.violations.slice(0,8).map(v => `${v.atMs} ${v.invariant}: ${v.detail}`).join('\n  ')}`)
  }
}
console.log(`${batches} batches ${Date.now() - t0} ms`)
console.log(`seeds: ${seeds}, violations: ${violations}`)
