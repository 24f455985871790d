import { builtInPlugins } from './plugins.ts'
import { runSeed } from './run.ts'

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
    plugins: builtInPlugins(),
    ...(verbose ? { transcript: (l: string) => console.log(l) } : {})
  })
  batches += result.batches
  if (result.violations.length > 0) {
    violations++
    console.log(`seed ${seed}: ${result.violations.join('\n  ')}`)
  }
}
console.log(`${batches} batches ${Date.now() - t0} ms`)
console.log(`seeds: ${seeds}, violations: ${violations}`)
