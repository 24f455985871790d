import type { EntryDraft } from '@quorate/contracts'
import {
  PROPOSAL_KIND,
  RECORD_KIND,
  encodeCbor,
  proposalShape,
  recordShape,
  utf8,
  type Prng
} from '@quorate/core'
import type { Cluster, Member } from './cluster.ts'

/** What a run asks of the group: records and proposals from random members at random times. */
export interface Workload {
  begin(cluster: Cluster, untilMs: number): void
}

export const recordDraft = (statement: string): EntryDraft => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data: null }))
})

/** Proposals stay open long past the end of the run: every one that was made has to be decided. */
const OPEN_MS = 600_000

export const createWorkload = (prng: Prng, note: (what: string) => void): Workload => {
  let made = 0

  const record = (_: Cluster, member: Member): void => {
    const drafts = Array.from({ length: prng.int(1, 4) }, () => recordDraft(`record ${++made}`))
    member.running?.node.command({ name: 'consensus.submit', payload: { drafts, token: `sim:${made}` } })
  }

  const propose = (cluster: Cluster, member: Member): void => {
    const createdAt = cluster.world.now() + member.skewMs
    const proposal = {
      statement: `proposal ${++made}`,
      data: null,
      options: [],
      tally: null,
      createdAt,
      deadline: createdAt + OPEN_MS,
      nonce: utf8(made.toString().padStart(16, '0'))
    }
    const { frame } = cluster.signing
      .signer(member.peerId)
      .sign(PROPOSAL_KIND, proposalShape.encode(proposal))
    member.running?.node.command({ name: 'ballots.propose', payload: { frame, token: `sim:${made}` } })
  }

  const next = (cluster: Cluster, untilMs: number): void => {
    const { world } = cluster
    world.at(world.now() + prng.int(5, 400), () => {
      if (world.now() >= untilMs) return
      const member = prng.pick(cluster.members)
      const ask = prng.chance(600_000) ? record : propose
      if (member.running) note(`${ask.name} at ${member.peerId}`)
      ask(cluster, member)
      next(cluster, untilMs)
    })
  }

  return { begin: next }
}
