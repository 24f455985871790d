import type { Prng } from '@quorate/core'
import type { Checker } from '../checkers/checker.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { ClusterPlan } from '../cluster/cluster-init.ts'

export interface PlanInit {
  readonly seed: number
  readonly prng: Prng
  readonly note: (what: string) => void
}

/** What one seed of a scenario does: a safety phase under faults, then a liveness phase in which everything is whole. */
export interface Plan {
  readonly group: ClusterPlan
  /** Length of the safety phase. */
  readonly faultsMs: number
  /** Within this time after the faults everything that was asked for has to have happened. */
  readonly livenessMs: number
  /** Beyond those that watch every run. */
  readonly checkers: readonly Checker[]
  /** Before any node starts. */
  readonly prepare?: (cluster: Cluster) => void
  /** Begins what the group is asked for and what goes wrong; nothing begins after `untilMs`. */
  readonly begin: (cluster: Cluster, untilMs: number) => void
  /** Ends all faults. */
  readonly heal: (cluster: Cluster) => void
  /** What still has to happen, in words; the run may end when there is nothing. */
  readonly missing: (cluster: Cluster) => readonly string[]
}

/** A family of runs, one per seed. */
export interface Scenario {
  readonly name: string
  readonly about: string
  readonly plan: (init: PlanInit) => Plan
}
