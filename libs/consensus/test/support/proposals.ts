import type { Envelope, Verified } from '@quorate/contracts'
import {
  BALLOT_KIND,
  PROPOSAL_KIND,
  ballotShape,
  proposalShape,
  utf8,
  type Ballot,
  type Proposal
} from '@quorate/core'
import type { Bench } from './bench.ts'

let made = 0

/** A signed proposal by a peer, not told to anybody yet. */
export const proposalOf = (bench: Bench, peer: number, over: Partial<Proposal> = {}): Verified<Envelope> =>
  bench.signer(peer).sign(
    PROPOSAL_KIND,
    proposalShape.encode({
      statement: 'a question',
      data: null,
      options: [],
      tally: null,
      createdAt: bench.now,
      deadline: bench.now + 60_000,
      nonce: utf8((++made).toString().padStart(16, '0')),
      ...over
    })
  )

export const propose = (bench: Bench, peer: number, over: Partial<Proposal> = {}): string => {
  const { frame, digest } = proposalOf(bench, peer, over)
  bench.peer(peer).command({ name: 'ballots.propose', payload: { frame, token: `api:${digest}` } })
  return digest
}

export const vote = (bench: Bench, peer: number, proposalId: string, over: Partial<Ballot> = {}): void =>
  bench.peer(peer).command({
    name: 'ballots.vote',
    payload: {
      proposalId,
      verdict: 'accept',
      confidencePpm: 1_000_000,
      reason: '',
      options: [],
      token: `api:vote ${peer}`,
      ...over
    }
  })

/** A ballot that a voter signs itself. */
export const ballotOf = (
  bench: Bench,
  peer: number,
  proposal: string,
  over: Partial<Ballot> = {}
): Uint8Array =>
  bench.signer(peer).sign(
    BALLOT_KIND,
    ballotShape.encode({
      proposal,
      epoch: 0,
      voterSet: bench.voters.digest,
      verdict: 'accept',
      confidencePpm: 1_000_000,
      reason: '',
      options: [],
      ...over
    })
  ).frame

/** What the API was answered last. */
export const lastReply = (bench: Bench, peer: number): unknown =>
  bench.peer(peer).events.findLast(({ type }) => type === 'reply')?.data

export const outcomeAt = (bench: Bench, peer: number, proposal: string): unknown =>
  bench.peer(peer).running.ledger.state.module('proposals').get(`decided/${proposal}`)

/** Ballots by a peer on a proposal, as it has said them. */
export const ballotsSaid = (bench: Bench, peer: number): string[] =>
  bench.said
    .filter(({ envelope }) => envelope.kind === BALLOT_KIND && envelope.author === `peer-${peer}`)
    .map(({ frame }) => Buffer.from(frame).toString('hex'))

/** Proposals that a peer has on its disk as open. */
export const openAt = (bench: Bench, peer: number): string[] =>
  bench
    .peer(peer)
    .store.range('ballots/proposal')
    .map(({ key }) => key)
