/**
 * Runs whole groups of real nodes on a virtual clock, network and disk, with faults and liars, and checks after every step
 * what has to hold. A seed decides everything that happens.
 *
 * @example
 * import { runSeed, scenarioFor, simulationPlugins } from '@quorate/simulation'
 *
 * const scenario = scenarioFor('consensus', 42)
 * const { violations, fingerprint } = runSeed({ scenario, seed: 42, plugins: simulationPlugins() })
 */
export * from './run/run-seed.ts'
export * from './run/result.ts'
export * from './cluster/cluster.ts'
export * from './cluster/cluster-init.ts'
export * from './cluster/group.ts'
export * from './cluster/member.ts'
export * from './cluster/plugins.ts'
export * from './checkers/checker.ts'
export * from './checkers/standard.ts'
export * from './byzantine/liar.ts'
export * from './byzantine/lies.ts'
export * from './scenarios/scenario.ts'
export * from './scenarios/registry.ts'
