import type { Cluster } from '../cluster/cluster.ts'
import { heightOf } from '../cluster/heights.ts'
import type { Member } from '../cluster/member.ts'
import { PROPOSALS, isDecidable } from '../workload/people.ts'

/** Honest members that still wait for something, and those that are behind. */
export const undecided = (cluster: Cluster): readonly string[] => {
  const honest = cluster.members.filter(member => member.honest)
  const height = Math.max(...honest.map(heightOf))
  return honest.flatMap(member => {
    const waiting = member.disk.range('pool/own').length
    const open = openProposals(cluster, member)
    const at = heightOf(member)
    if (waiting === 0 && open === 0 && at === height) return []
    return [`${member.peerId} is at ${at} of ${height}; undecided: ${waiting} submissions, ${open} proposals`]
  })
}

/** A liar's proposal need not have reached anybody else, and people may vote so that nothing comes of a proposal. */
const openProposals = (cluster: Cluster, { disk }: Member): number =>
  disk.range(PROPOSALS).filter(({ key, value }) => {
    const opened = cluster.signing.open(value)
    return opened.ok && cluster.honest.has(opened.envelope.author) && isDecidable(cluster, key)
  }).length
