import { createPrng } from '@quorate/core'
import type { Resolver } from '@quorate/runtime'
import { STANDARD_CHECKERS } from '../checkers/standard.ts'
import { watchAll, type Watchers } from '../checkers/watch-all.ts'
import { createCluster, type ClusterInit, type Group } from '../cluster/cluster.ts'
import { EPOCH_MS } from '../cluster/founding.ts'
import { heightOf } from '../cluster/heights.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { drive } from './drive.ts'
import type { RunResult, Violation } from './result.ts'
import { createTranscript } from './transcript.ts'

export interface RunInit extends Pick<ClusterInit, 'createDisk'> {
  readonly scenario: Scenario
  readonly seed: number
  readonly plugins: Resolver
  /** Is told every line of the transcript. */
  listener?(line: string): void
}

/** One run of a scenario: a safety phase under faults, then a liveness phase. All of it from the seed. */
export const runSeed = (init: RunInit): RunResult => {
  const { seed, scenario } = init
  const violations: Violation[] = []
  let now = (): number => 0
  const { note, tail } = createTranscript(() => now(), init.listener)
  const violated = (invariant: string, detail: string): void => {
    note(`VIOLATION ${invariant}: ${detail}`)
    violations.push({ invariant, detail, atMs: now() })
  }

  const prng = createPrng(seed)
  const plan = scenario.plan({ seed, prng, note })
  const watch = ({ world, signing: { open }, ...group }: Group): Watchers => {
    now = () => world.now() - EPOCH_MS
    const bench = { ...group, open, violated }
    return watchAll(
      [...STANDARD_CHECKERS, ...plan.checkers].map(checker => checker(bench)),
      open
    )
  }

  let watchers: Watchers | undefined
  const cluster = createCluster({
    ...init,
    ...plan.group,
    prng: createPrng(prng.uint32()),
    watch: group => (watchers = watch(group)),
    note,
    failed: (peer, error) => violated('no-failure', `${peer}: ${String((error as Error).stack ?? error)}`)
  })
  const look = (): void => watchers?.looked(cluster.members)
  const broken = (): boolean => violations.length > 0
  const end = EPOCH_MS + plan.faultsMs
  const passed = (atMs: number): boolean => cluster.world.now() >= atMs

  for (const member of cluster.members) cluster.start(member)
  plan.begin(cluster, end)
  let steps = drive(cluster.world, { look, done: () => broken() || passed(end) })
  plan.heal(cluster)
  note('healed')
  const due = cluster.world.now() + plan.livenessMs
  const settled = (): boolean => plan.missing(cluster).length === 0
  steps += drive(cluster.world, { look, done: () => broken() || passed(due), settled })
  if (!broken()) for (const what of plan.missing(cluster)) violated('liveness', what)
  if (!broken()) watchers?.ended(cluster.members)
  return {
    scenario: scenario.name,
    seed,
    violations,
    steps,
    batches: Math.max(...cluster.members.map(heightOf)),
    messages: cluster.network.sent,
    virtualMs: now(),
    fingerprint: cluster.network.fingerprint(),
    tail: tail()
  }
}
