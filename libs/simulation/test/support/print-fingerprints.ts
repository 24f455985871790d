/** Prints the fingerprint of one seed of each scenario: run as a process of its own, to be compared with another. */
import { simulationPlugins } from '../../src/cluster/plugins.ts'
import { runOne } from '../../src/cli/run-one.ts'
import { SCENARIOS } from '../../src/scenarios/registry.ts'

const plugins = simulationPlugins()
for (const { name } of SCENARIOS)
  process.stdout.write(`${name} ${runOne(6, { scenario: name, plugins }).fingerprint}\n`)
