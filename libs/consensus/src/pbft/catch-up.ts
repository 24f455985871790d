import type { PeerId } from '@quorate/contracts'
import { isCommitCertificate } from './certificates.ts'
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

/** Asks for decided batches up to `to`: of the peer that is known to have them, or of everybody. */
export const askFor = (p: Pbft, to: number, peer: PeerId | undefined): void => {
  const { state } = p
  if (to <= state.executed) return
  const waits = state.asked && state.asked.to > state.executed && p.now - state.asked.at < FETCH_RETRY_MS
  if (waits) return
  const last = Math.min(to, state.executed + FETCH_MAX)
  state.asked = { to: last, at: p.now }
  const { frame } = p.signing.sign(KIND.fetch, fetchShape.encode({ from: state.executed + 1, to: last }))
  if (peer === undefined) toVoters(p, frame)
  else sendTo(p, peer, frame)
}

/** After an execution: goes on when the peers are further ahead than what was asked for. */
export const continueCatchUp = (p: Pbft): void => {
  const { state } = p
  if (!state.asked || state.executed < state.asked.to) return
  state.asked = undefined
  const ahead = [...state.progress].filter(([, { executed }]) => executed > state.executed + p.config.window)
  const [peer, progress] = ahead.toSorted(([, a], [, b]) => b.executed - a.executed)[0] ?? []
  if (peer !== undefined && progress) askFor(p, progress.executed, peer)
}

/** Sends decided batches with their certificates; bounded in count and bytes. */
export const onFetch = (p: Pbft, message: Message<FetchBody>): void => {
  const { from, to } = message.body
  let bytes = 0
  for (let seq = from; seq <= Math.min(to, from + FETCH_MAX - 1, p.state.executed); seq++) {
    const found = p.history.batch(seq)
    if (!found || bytes > FETCH_BYTES_MAX) return
    const body: DecidedBody = { ...contentOf(found.batch), certificate: found.certificate }
    const { frame } = p.signing.sign(KIND.decided, decidedShape.encode(body))
    bytes += frame.length
    sendTo(p, message.author, frame)
  }
}

export const onDecided = (p: Pbft, message: Message<DecidedBody>, from: PeerId): void => {
  const batch = readBatch(p, message.body)
  if (!batch) return charge(p, from, 'decided-batch-invalid')
  const { seq } = batch.header
  if (seq <= p.state.executed || seq > p.state.executed + 2 * FETCH_MAX) return
  if (!isCommitCertificate(p, message.body.certificate, { seq, digest: batch.digest })) {
    return charge(p, from, 'decided-certificate-invalid')
  }
  decide(p, seq, { batch, certificate: message.body.certificate })
}

/** Asks every voter for the batches that a NEW-VIEW names and that are not here. */
export const askForContents = (p: Pbft): void => {
  const digests = [...p.state.wanted].slice(0, 64)
  if (digests.length === 0) return
  toVoters(p, p.signing.sign(KIND.fetchContent, fetchContentShape.encode({ digests })).frame)
}

export const onFetchContent = (p: Pbft, message: Message<FetchContentBody>): void => {
  for (const digest of message.body.digests) {
    const batch = p.state.contents.get(digest)
    if (batch)
      sendTo(p, message.author, p.signing.sign(KIND.content, contentShape.encode(contentOf(batch))).frame)
  }
}

/** Takes content in only when it was asked for; the digest proves it, whoever sent it. */
export const onContent = (p: Pbft, message: Message<ContentBody>, from: PeerId): boolean => {
  const batch = readBatch(p, message.body)
  if (!batch) charge(p, from, 'content-invalid')
  if (!batch || !p.state.wanted.delete(batch.digest)) return false
  p.state.contents.set(batch.digest, batch)
  return true
}
