import type { EntryDraft } from '@quorate/contracts'
import { PROPOSAL_KIND, RECORD_KIND, encodeCbor, proposalShape, recordShape, utf8, type Prng } from '@quorate/core'
import type { Ask } from './workload.ts'

/** Proposals stay open long past the end of the run: every one that was made has to be decided. */
const OPEN_MS = 600_000
/** Data that is not JSON: every validator refuses it. */
const NOT_JSON = '{'

export const recordDraft = (statement: string): EntryDraft => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data: null }))
})

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
    const createdAt = cluster.world.now() + member.skewMs
    const proposal = {
      statement: `proposal ${++made}`,
      data: prng.chance(150_000) ? NOT_JSON : null,
      options: [],
      tally: null,
      createdAt,
      deadline: createdAt + OPEN_MS,
      nonce: utf8(made.toString().padStart(16, '0'))
    }
    const { frame } = cluster.signing.signer(member.peerId).sign(PROPOSAL_KIND, proposalShape.encode(proposal))
    member.running?.node.command({ name: 'ballots.propose', payload: { frame, token: `sim:p${made}` } })
  }
}
