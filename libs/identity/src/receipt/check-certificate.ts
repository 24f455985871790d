import type { Opened, PeerId } from '@quorate/contracts'
import { commitKind, headerDigest, isVoter, voteShape, type Vote } from '@quorate/core'
import type { KnownGroup } from './parse-group.ts'
import type { ParsedReceipt } from './parse-receipt.ts'

export type Certificate =
  { readonly ok: true; readonly signers: readonly PeerId[] } | { readonly ok: false; readonly reason: string }

export interface Checking {
  readonly receipt: ParsedReceipt
  readonly group: KnownGroup
  open(frame: Uint8Array): Opened
}

/**
 * Checks that a quorum of distinct voters signed commit votes for the receipt's header. Every vote has to be good, also
 * those beyond the quorum, so that nothing in a valid receipt is unchecked.
 * Source: docs/protocol/wire.md, rules W62 and W84.
 */
export const checkCertificate = (checking: Checking): Certificate => {
  const { group, receipt } = checking
  const { epoch, votes } = receipt.certificate
  if (epoch !== group.voterSet.epoch) {
    return refuse(`the certificate is of epoch ${epoch}; this version can check epoch 0 only`)
  }
  const signers = new Set<PeerId>()
  for (const [i, frame] of votes.entries()) {
    const vote = checkVote(checking, frame)
    if ('fault' in vote) return refuse(`vote ${i + 1} ${vote.fault}`)
    if (signers.has(vote.signer)) return refuse(`vote ${i + 1} is a second one of the same voter`)
    signers.add(vote.signer)
  }
  const { quorum } = group.voterSet
  if (signers.size < quorum) return refuse(`${signers.size} commit votes, where the quorum is ${quorum}`)
  return { ok: true, signers: [...signers] }
}

const refuse = (reason: string): Certificate => ({ ok: false, reason })

const checkVote = (checking: Checking, frame: Uint8Array): { signer: PeerId } | { fault: string } => {
  const { group, receipt } = checking
  const opened = checking.open(frame)
  if (!opened.ok) return { fault: 'is not validly signed for this group' }
  const { kind, author, body } = opened.envelope
  if (kind !== commitKind(group.founding.consensus.name))
    return { fault: 'is not a commit vote of the strategy' }
  if (!isVoter(group.voterSet, author)) return { fault: 'is of a peer that is not a voter' }
  const vote = voteShape.decode(body)
  if (!vote || !isSameVote(vote, expectedVote(group, receipt))) return { fault: 'is for something else' }
  return { signer: author }
}

const expectedVote = (group: KnownGroup, receipt: ParsedReceipt): Vote => ({
  epoch: group.voterSet.epoch,
  voterSet: group.voterSet.digest,
  view: receipt.certificate.view,
  seq: receipt.header.seq,
  digest: headerDigest(receipt.header)
})

const isSameVote = (a: Vote, b: Vote): boolean =>
  a.epoch === b.epoch &&
  a.voterSet === b.voterSet &&
  a.view === b.view &&
  a.seq === b.seq &&
  a.digest === b.digest
