import { createPrng } from '@quorate/core'
import type { Resolver } from '@quorate/runtime'
import { createCluster, EPOCH_MS, type Cluster } from './cluster.ts'
import { createFaultPlan } from './faults.ts'
import { createWorkload } from './workload.ts'

/** Faults happen for this long; then the network heals and everything asked for has to be decided. */
const FAULTS_MS = 8_000
const LIVENESS_MS = 120_000
/** A run that takes more steps than this is stuck in a loop. */
const STEPS_MAX = 2_000_000

export interface RunInit {
  readonly seed: number
  readonly plugins: Resolver
  readonly transcript?: (line: string) => void
}

export interface RunResult {
  readonly seed: number
  readonly violations: readonly string[]
  readonly steps: number
  readonly batches: number
  /** Digest of the whole run, the same whenever the seed is run again. */
  readonly fingerprint: string
}

/** One run of the `consensus` scenario: a safety phase under faults, then a liveness phase. All of it from the seed. */
export const runSeed = (init: RunInit): RunResult => {
  const prng = createPrng(init.seed)
  const cluster = createCluster({
    peers: prng.pick([1, 3, 4, 4, 4, 4, 5, 7]),
    prng,
    plugins: init.plugins,
    consensus: { name: 'pbft', config: pbftConfig(prng.pick([1, 8])) }
  })
  const note = (what: string): void => init.transcript?.(`${cluster.world.now() - EPOCH_MS} ms: ${what}`)
  const faults = createFaultPlan(prng, note)
  const end = EPOCH_MS + FAULTS_MS
  for (const member of cluster.members) cluster.start(member)
  createWorkload(prng, note).begin(cluster, end)
  faults.begin(cluster, end)
  let steps = drive(cluster, () => cluster.world.now() >= end)
  faults.heal(cluster)
  note('healed')
  steps += drive(cluster, () => settled(cluster) || cluster.world.now() >= end + LIVENESS_MS)
  const violations = [...cluster.checker.violations, ...cluster.failures, ...unsettled(cluster)]
  for (const violation of violations) note(`VIOLATION ${violation}`)
  const fingerprint = `${cluster.world.now() - EPOCH_MS}/${cluster.network.sent}/${cluster.checker.ledger.get(cluster.checker.ledger.size) ?? ''}`
  return { seed: init.seed, violations, steps, batches: cluster.checker.ledger.size, fingerprint }
}

const pbftConfig = (window: number) => ({
  window,
  checkpointInterval: 8,
  viewTimeoutMs: 1_000,
  relayMs: 300,
  statusMs: 300
})

/** Steps until done, a violation, or the bound. */
const drive = (cluster: Cluster, done: () => boolean): number => {
  let steps = 0
  while (!done() && cluster.checker.violations.length === 0 && cluster.failures.length === 0) {
    if (!cluster.world.step() || ++steps > STEPS_MAX) break
  }
  return steps
}

/** Nobody waits for anything, and all have executed the same. */
const settled = (cluster: Cluster): boolean => unsettled(cluster).length === 0

const unsettled = (cluster: Cluster): string[] => {
  const height = cluster.checker.ledger.size
  return cluster.members.flatMap(({ peerId, disk }) => {
    const store = disk.mount({ beforeCommit: () => undefined, afterCommit: () => undefined })
    const waiting = store.range('pool/own').length
    const open = store.range('ballots/proposal').length
    const at = cluster.checker.heights.get(peerId) ?? 0
    if (waiting === 0 && open === 0 && at === height) return []
    return [
      `liveness: ${peerId} at ${at} of ${height}, ${waiting} submissions and ${open} proposals undecided`
    ]
  })
}
