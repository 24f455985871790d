import { createPrng } from '@quorate/core'
import type { Resolver } from '@quorate/runtime'
import type { Checker } from '../checkers/checker.ts'
import { STANDARD_CHECKERS } from '../checkers/standard.ts'
import { watchAll, type Watchers } from '../checkers/watch-all.ts'
import { createCluster, type Cluster } from '../cluster/cluster.ts'
import type { ClusterInit } from '../cluster/cluster-init.ts'
import type { Group } from '../cluster/group.ts'
import { EPOCH_MS } from '../cluster/founding.ts'
import { heightOf } from '../cluster/heights.ts'
import type { Plan, Scenario } from '../scenarios/scenario.ts'
import { drive } from './drive.ts'
import { createNotebook, type Notebook } from './notebook.ts'
import type { RunResult } from './result.ts'

export interface RunInit extends Pick<ClusterInit, 'createDisk' | 'messages'> {
  readonly scenario: Scenario
  readonly seed: number
  readonly plugins: Resolver
  /** Is told every line of the transcript. */
  readonly listener?: (line: string) => void
}

/** One run of a scenario, all of it from the seed. */
export const runSeed = (init: RunInit): RunResult => {
  const { seed, scenario } = init
  const book = createNotebook(init.listener)
  const prng = createPrng(seed)
  const plan = scenario.plan({ seed, prng, note: book.note })
  const watching: { watchers?: Watchers } = {}
  const cluster = createCluster({
    ...init,
    ...plan.group,
    prng: createPrng(prng.uint32()),
    note: book.note,
    watch: group => (watching.watchers = watch(group, plan.checkers, book)),
    failed: (peer, error) =>
      book.violated('no-failure', `${peer}: ${String((error as Error).stack ?? error)}`)
  })
  const steps = runPlan(plan, cluster, { book, watchers: watching.watchers })
  return {
    scenario: scenario.name,
    seed,
    violations: book.violations,
    steps,
    batches: Math.max(...cluster.members.map(heightOf)),
    messages: cluster.network.sent,
    virtualMs: cluster.world.now() - EPOCH_MS,
    fingerprint: cluster.network.fingerprint(),
    tail: book.tail()
  }
}

const watch = (group: Group, more: readonly Checker[], { setClock, violated }: Notebook): Watchers => {
  const { open } = group.signing
  setClock(() => group.world.now() - EPOCH_MS)
  const bench = { ...group, open, violated }
  return watchAll(
    [...STANDARD_CHECKERS, ...more].map(checker => checker(bench)),
    open
  )
}

interface Driving {
  readonly book: Notebook
  readonly watchers: Watchers | undefined
}

/** A safety phase under faults, then a liveness phase in which all that was asked for has to happen. Gives the steps. */
const runPlan = (plan: Plan, cluster: Cluster, { book, watchers }: Driving): number => {
  const { world, members } = cluster
  const look = (): void => watchers?.looked(members)
  const overAt = (atMs: number) => (): boolean => book.violations.length > 0 || world.now() >= atMs
  const faultsEnd = EPOCH_MS + plan.faultsMs
  plan.prepare?.(cluster)
  for (const member of members) cluster.start(member)
  plan.begin(cluster, faultsEnd)
  const before = drive(world, { look, done: overAt(faultsEnd) })
  plan.heal(cluster)
  watchers?.healed(members)
  book.note('healed')
  const settled = (): boolean => plan.missing(cluster).length === 0
  const after = drive(world, { look, done: overAt(world.now() + plan.livenessMs), settled })
  if (book.violations.length === 0) for (const what of plan.missing(cluster)) book.violated('liveness', what)
  if (book.violations.length === 0) watchers?.ended(members)
  return before + after
}
