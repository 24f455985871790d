import { BALLOT_KIND, ballotShape, type Ballot, type Prng } from '@quorate/core'
import type { Cluster } from '../cluster/cluster.ts'
import type { Member } from '../cluster/member.ts'

/** Where the ballots machine keeps what is open: proposals by id, ballots by `<proposal>/<voter>`. */
export const PROPOSALS = 'ballots/proposal'
export const BALLOTS = 'ballots/ballot'

const LOOK_MS = 150

/** Makes the daemons of a group wait for their users' votes. */
export const BY_HAND = { ballots: { policy: 'manual' } }

const verdictOf = (prng: Prng): Ballot['verdict'] =>
  prng.pick(['accept', 'accept', 'accept', 'accept', 'reject', 'abstain'])

/**
 * People who vote by hand, one beside each daemon. They look now and then, may change their mind while the daemon is down, and
 * sometimes try to vote again: the daemon has to refuse what differs from what it has signed.
 */
export const seatPeople = (prng: Prng, cluster: Cluster): void => {
  const { world } = cluster
  const look = (): void => {
    for (const member of cluster.members) voteOnWhatIsOpen(prng, member)
    world.at(world.now() + LOOK_MS, look)
  }
  look()
}

const voteOnWhatIsOpen = (prng: Prng, { running, disk, peerId }: Member): void => {
  for (const { key: proposalId } of running ? disk.range(PROPOSALS) : []) {
    const voted = disk.get(BALLOTS, `${proposalId}/${peerId}`) !== undefined
    if (voted && !prng.chance(50_000)) continue
    const opinion = { verdict: verdictOf(prng), confidencePpm: 1_000_000, reason: '', options: [] }
    running?.node.command({ name: 'ballots.vote', payload: { proposalId, ...opinion, token: 'sim:vote' } })
  }
}

/** Can the proposal still be decided by those who have not voted? Ballots are looked for on every disk. */
export const isDecidable = ({ members, voters, signing }: Cluster, proposalId: string): boolean => {
  const verdicts = new Map<string, Ballot['verdict']>()
  for (const { disk } of members) {
    for (const { value } of disk.range(BALLOTS, { from: `${proposalId}/`, to: `${proposalId}0` })) {
      const opened = signing.open(value)
      const ballot =
        opened.ok && opened.envelope.kind === BALLOT_KIND
          ? ballotShape.decode(opened.envelope.body)
          : undefined
      if (opened.ok && ballot) verdicts.set(opened.envelope.author, ballot.verdict)
    }
  }
  const of = (verdict: Ballot['verdict']): number => [...verdicts.values()].filter(v => v === verdict).length
  const [n, missing] = [voters.voters.length, voters.voters.length - verdicts.size]
  return of('accept') + missing >= voters.quorum || of('reject') + missing >= n - voters.quorum + 1
}
