import type { Cluster } from '../../src/cluster/cluster.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'
import { directed, record } from './directed.ts'

const AHEAD = 'peer-4'

/** From now on only the one hears votes of these kinds. */
const favour = ({ network, signing }: Cluster, votes: RegExp): void =>
  network.lose(({ to }, frame) => {
    const opened = to === AHEAD ? undefined : signing.open(frame)
    return opened?.ok === true && votes.test(opened.envelope.kind)
  })

const othersOf = ({ members }: Cluster) => members.filter(({ peerId }) => peerId !== AHEAD)

const cutOff = (cluster: Cluster): void => {
  for (const { peerId } of othersOf(cluster)) {
    cluster.network.cut(peerId, AHEAD)
    cluster.network.cut(AHEAD, peerId)
  }
}

const restartOthers = (cluster: Cluster): void => {
  for (const member of othersOf(cluster)) {
    cluster.crash(member)
    cluster.start(member)
  }
}

/**
 * Only one peer hears those votes on a batch. It gets further with them than all others, and is cut off before it can tell:
 * the others have to come to the same batch without it, from what they know, or from what is on their disks.
 */
export const oneAhead = (init: { readonly hears: RegExp; readonly othersRestart: boolean }): Scenario =>
  directed({
    faultsMs: 4_000,
    script: (cluster, at) => {
      at(20, () => favour(cluster, init.hears))
      at(30, () => record(cluster, 0, 'decided by one'))
      at(45, () => {
        cutOff(cluster)
        favour(cluster, /(prepare|commit)$/)
        if (init.othersRestart) restartOthers(cluster)
      })
      // The others have changed the view by now.
      at(2_000, () => cluster.network.lose(() => false))
      at(3_500, () => cluster.network.mendAll())
    }
  })
