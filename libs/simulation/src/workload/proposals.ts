import type { EntryDraft, PeerId } from '@quorate/contracts'
import {
  PROPOSAL_KIND,
  RECORD_KIND,
  encodeCbor,
  proposalShape,
  recordShape,
  sha256Bytes,
  utf8,
  type Prng,
  type Proposal
} from '@quorate/core'
import type { Cluster } from '../cluster/cluster.ts'
import type { Ask } from './workload.ts'

/** Proposals stay open long past the end of the run: every one that was made has to be decided. */
const OPEN_MS = 600_000
/** Data that is not JSON: every validator refuses it. */
const NOT_JSON = '{'

export const recordDraft = (statement: string): EntryDraft => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data: null }))
})

/** A proposal of that peer, as a frame. */
export const signProposal = (
  { signing }: Cluster,
  peer: PeerId,
  about: Pick<Proposal, 'statement' | 'createdAt'> & Partial<Pick<Proposal, 'data'>>
): Uint8Array => {
  const proposal: Proposal = {
    data: null,
    ...about,
    options: [],
    tally: null,
    deadline: about.createdAt + OPEN_MS,
    nonce: sha256Bytes(utf8(`${peer} ${about.statement}`)).slice(0, 16)
  }
  return signing.signer(peer).sign(PROPOSAL_KIND, proposalShape.encode(proposal)).frame
}

/** Orders entries without ballots. */
export const createRecordAsk = (prng: Prng): Ask => {
  let made = 0
  return function record(_, member) {
    const drafts = Array.from({ length: prng.int(1, 4) }, () => recordDraft(`record ${++made}`))
    member.running?.node.command({ name: 'consensus.submit', payload: { drafts, token: `sim:${made}` } })
  }
}

/** Puts questions to the group; now and then one that every voter has to reject. */
export const createProposalAsk = (prng: Prng): Ask => {
  let made = 0
  return function propose(cluster, member) {
    const frame = signProposal(cluster, member.peerId, {
      statement: `proposal ${++made}`,
      data: prng.chance(150_000) ? NOT_JSON : null,
      createdAt: cluster.world.now() + member.skewMs
    })
    member.running?.node.command({ name: 'ballots.propose', payload: { frame, token: `sim:p${made}` } })
  }
}
