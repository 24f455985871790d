import type { Cluster } from '../../src/cluster/cluster.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'
import { busy, directed, propose, record } from './directed.ts'

/** Short scripts, each of which leads straight to the moment in which a certain bug would show. */

const restart = (cluster: Cluster, node: number): void => {
  const member = cluster.members[node]
  if (!member) return
  cluster.crash(member)
  cluster.start(member)
}

/**
 * A primary that restarts between its PRE-PREPARE and the decision. Late enough for its clock to be past the founding, whatever its
 * skew: before that, all batches have the same time.
 */
export const primaryRestarts: Scenario = directed({
  script: (cluster, at) => {
    const { network, signing } = cluster
    at(620, () =>
      network.lose((_, frame) => {
        const opened = signing.open(frame)
        return opened.ok && opened.envelope.kind === 'pbft/prepare'
      })
    )
    at(630, () => record(cluster, 0, 'first'))
    at(640, () => restart(cluster, 0))
    at(650, () => record(cluster, 0, 'second'))
    at(750, () => network.mendAll())
  }
})

/** Somebody votes by hand, restarts the daemon, and votes differently. */
export const secondThoughts: Scenario = directed({
  policy: 'manual',
  script: (cluster, at) => {
    const asked: { id?: string } = {}
    const vote = (node: number, verdict: string): void =>
      cluster.members[node]?.running?.node.command({
        name: 'ballots.vote',
        payload: {
          proposalId: asked.id,
          verdict,
          confidencePpm: 1,
          reason: '',
          options: [],
          token: 'test:vote'
        }
      })
    at(10, () => {
      asked.id = propose(cluster, 0, 'by hand')
    })
    at(50, () => vote(1, 'accept'))
    at(80, () => restart(cluster, 1))
    at(120, () => vote(1, 'reject'))
    at(200, () => {
      for (const node of [0, 2, 3]) vote(node, 'accept')
    })
  }
})

/** Long enough for two checkpoints. */
export const checkpointsPass: Scenario = directed({
  faultsMs: 4_000,
  script: (cluster, at) => busy(cluster, at, 3_500)
})
