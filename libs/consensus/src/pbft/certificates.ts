import type { BatchHeader, CommitCertificate, Digest, VoterSet } from '@quorate/contracts'
import { decodeHeader, headerDigest, isVoter } from '@quorate/core'
import { primaryOf, voters, type Pbft, type Prepared, type VoteEnvelope } from './context.ts'
import { KIND, type CertificateBody, type PreparedBody } from './messages.ts'
import { ofEpoch, openVote } from './votes.ts'

/** Votes opened from frames, when all of them are valid, of the epoch, from distinct voters. */
const openVotes = (p: Pbft, frames: readonly Uint8Array[], kind: string): VoteEnvelope[] | undefined => {
  const set = voters(p)
  const votes = new Map<string, VoteEnvelope>()
  for (const frame of frames) {
    const vote = openVote(p, frame, kind)
    if (!vote || !ofEpoch(vote.body, set) || !isVoter(set, vote.author) || votes.has(vote.author))
      return undefined
    votes.set(vote.author, vote)
  }
  return [...votes.values()]
}

/** q commit votes of one view for one batch. Source: docs/protocol/consensus.md, "commit certificates". */
export const isCommitCertificate = (
  p: Pbft,
  certificate: CertificateBody | CommitCertificate,
  about: { readonly seq: number; readonly digest: Digest }
): boolean => {
  // The epoch is part of what is stored and shown: it must be that of the votes, which are checked against the set.
  if (certificate.epoch !== voters(p).epoch) return false
  const votes = openVotes(p, certificate.votes, KIND.commit)
  if (!votes || votes.length < voters(p).quorum) return false
  return votes.every(
    ({ body }) => body.view === certificate.view && body.seq === about.seq && body.digest === about.digest
  )
}

/** The header and its digest, when the bytes are a header. */
export const readHeader = (
  bytes: Uint8Array
): { readonly header: BatchHeader; readonly digest: Digest } | undefined => {
  const header = decodeHeader(bytes)
  return header && { header, digest: headerDigest(header) }
}

/**
 * Checks a prepared certificate: a PRE-PREPARE by the primary of its view, and q-1 matching PREPAREs of distinct backups.
 * Source: Castro and Liskov 1999, section 4.2 (prepared) and 4.4 (the set P).
 */
export const readPrepared = (p: Pbft, body: PreparedBody): Prepared | undefined => {
  const set = voters(p)
  const named = readHeader(body.header)
  const prePrepare = openVote(p, body.prePrepare, KIND.prePrepare)
  if (!named || !prePrepare || !ofEpoch(prePrepare.body, set)) return undefined
  const { view, seq, digest } = prePrepare.body
  const primary = primaryOf(set, view)
  if (prePrepare.author !== primary || seq !== named.header.seq || digest !== named.digest) return undefined
  const prepares = openVotes(p, body.prepares, KIND.prepare)
  if (!prepares || prepares.length < preparesNeeded(set)) return undefined
  const matching = prepares.every(
    ({ author, body: vote }) =>
      author !== primary && vote.view === view && vote.seq === seq && vote.digest === digest
  )
  return matching
    ? { view, header: named.header, digest, prePrepare: body.prePrepare, prepares: body.prepares }
    : undefined
}

/** PREPAREs of distinct backups that make a batch prepared, beside the PRE-PREPARE. */
export const preparesNeeded = (set: VoterSet): number => set.quorum - 1
