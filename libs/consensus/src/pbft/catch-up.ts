import type { PeerId } from '@quorate/contracts'
import { compareText } from '@quorate/core'
import { isCommitCertificate, readHeader } from './certificates.ts'
import { contentOf, readBatch } from './content.ts'
import { charge, sendTo, toVoters, type Message, type Pbft } from './context.ts'
import { decide } from './execution.ts'
import {
  KIND,
  contentShape,
  decidedShape,
  fetchContentShape,
  fetchShape,
  type ContentBody,
  type DecidedBody,
  type FetchBody,
  type FetchContentBody
} from './messages.ts'

/** Decided batches asked for, and sent, at a time. */
const FETCH_MAX = 64
const FETCH_BYTES_MAX = 4 * 1024 * 1024
/** A fetch that was not answered may be made again after this long. */
const FETCH_RETRY_MS = 500
/** The same batches are served to the same peer again only after this long. */
const SERVE_AGAIN_MS = 250

/** Asks for decided batches up to `to`: of the peer that is known to have them, or of everybody. */
export const askFor = (p: Pbft, to: number, peer: PeerId | undefined): void => {
  const { state } = p
  if (to <= state.executed) return
  const open = state.asked && state.asked.to > state.executed ? state.asked : undefined
  if (open && p.now - open.at < FETCH_RETRY_MS) return
  if (open) state.askTurn += 1
  const last = Math.min(to, state.executed + FETCH_MAX)
  state.asked = { to: last, at: p.now }
  const { frame } = p.signing.sign(KIND.fetch, fetchShape.encode({ from: state.executed + 1, to: last }))
  if (peer === undefined) toVoters(p, frame)
  else sendTo(p, peer, frame)
}

/**
 * When somebody is further by more than `by`: asks one of those that say they are further at all. They take turns, one for
 * each question that stays unanswered: anybody can claim to be the furthest, and a liar must not cost more than its turn.
 */
export const askSomebodyAhead = (p: Pbft, by = 0): void => {
  const { executed, progress, askTurn } = p.state
  const ahead = [...progress].filter(([, claimed]) => claimed > executed)
  if (!ahead.some(([, claimed]) => claimed > executed + by)) return
  const [peer, claimed] = ahead.toSorted(([a], [b]) => compareText(a, b))[askTurn % ahead.length] ?? []
  if (peer !== undefined && claimed !== undefined) askFor(p, claimed, peer)
}

/** After an execution: goes on when the peers are further ahead than what was asked for. */
export const continueCatchUp = (p: Pbft): void => {
  const { state } = p
  if (!state.asked || state.executed < state.asked.to) return
  state.asked = undefined
  askSomebodyAhead(p, p.config.window)
}

/** Sends decided batches with their certificates, as they are stored; bounded in count, in bytes and in repetition. */
export const onFetch = (p: Pbft, { author, body: { from, to } }: Message<FetchBody>): void => {
  const { served, executed } = p.state
  const before = served.get(author)
  if (before && from < before.next && p.now - before.at < SERVE_AGAIN_MS) return
  let [seq, bytes] = [from, 0]
  for (; seq <= Math.min(to, from + FETCH_MAX - 1, executed) && bytes <= FETCH_BYTES_MAX; seq++) {
    const found = p.history.raw(seq)
    if (!found) break
    const { frame } = p.signing.sign(KIND.decided, decidedShape.encode(found))
    bytes += frame.length
    sendTo(p, author, frame)
  }
  if (seq > from) served.set(author, { next: seq, at: p.now })
}

/** The certificate is looked at before the submissions, which cost much more. */
export const onDecided = (p: Pbft, { author, body }: Message<DecidedBody>): void => {
  const named = readHeader(body.header)
  if (!named) return charge(p, author, 'decided-batch-invalid')
  const { digest, header } = named
  const { executed, decided } = p.state
  const { seq } = header
  if (seq <= executed || seq > executed + 2 * FETCH_MAX || decided.has(seq)) return
  if (!isCommitCertificate(p, body.certificate, { seq, digest })) {
    return charge(p, author, 'decided-certificate-invalid')
  }
  const batch = readBatch(p, body)
  if (!batch) return charge(p, author, 'decided-batch-invalid')
  decide(p, seq, { batch, certificate: body.certificate })
}

/** Asks every voter for the batches that a NEW-VIEW names and that are not here. */
export const askForContents = (p: Pbft): void => {
  const digests = [...p.state.wanted].slice(0, 64)
  if (digests.length === 0) return
  toVoters(p, p.signing.sign(KIND.fetchContent, fetchContentShape.encode({ digests })).frame)
}

export const onFetchContent = (p: Pbft, { author, body }: Message<FetchContentBody>): void => {
  const { contents, servedContent } = p.state
  const last = servedContent.get(author)
  if (last !== undefined && p.now - last < SERVE_AGAIN_MS) return
  let bytes = 0
  for (const digest of new Set(body.digests)) {
    const batch = contents.get(digest)
    if (!batch || bytes > FETCH_BYTES_MAX) continue
    const { frame } = p.signing.sign(KIND.content, contentShape.encode(contentOf(batch)))
    bytes += frame.length
    sendTo(p, author, frame)
  }
  if (bytes > 0) servedContent.set(author, p.now)
}

/** Takes content in only when it was asked for; the digest proves it, whoever sent it. */
export const onContent = (p: Pbft, { author, body }: Message<ContentBody>): boolean => {
  const named = readHeader(body.header)
  if (named && !p.state.wanted.has(named.digest)) return false
  const batch = readBatch(p, body)
  if (!batch) charge(p, author, 'content-invalid')
  if (!batch || !p.state.wanted.delete(batch.digest)) return false
  p.state.contents.set(batch.digest, batch)
  return true
}
