import type { BatchHeader, Envelope, Signing } from '@quorate/contracts'
import { encodeHeader, headerDigest } from '@quorate/core'
import type { Lie, LiarInit, Outgoing } from './liar.ts'
import { openOwn, readHeader, resign, resignVote, type Body } from './wire.ts'

const PROPOSE = /\/propose$/

/** A PRE-PREPARE with its batch, for another header: body [PRE-PREPARE, header, submissions]. */
const reproposed = (signing: Signing, propose: Envelope, header: BatchHeader): Uint8Array => {
  const [prePrepare, , submissions] = propose.body as Body
  const digest = headerDigest(header)
  const frame = resignVote(signing, prePrepare as Uint8Array, { digest })
  return resign(signing, propose, [frame, encodeHeader(header), submissions ?? []])
}

type Twist = (header: BatchHeader, outgoing: Outgoing) => BatchHeader | undefined

const twistProposals = (name: string, twistOf: (init: LiarInit) => Twist): Lie => ({
  name,
  create: init => {
    const twist = twistOf(init)
    return {
      tamper: outgoing => {
        const propose = openOwn(init.signing, outgoing.frame, PROPOSE)
        const header = propose && readHeader((propose.body as Body)[1])
        const other = header && twist(header, outgoing)
        return [propose && other ? reproposed(init.signing, propose, other) : outgoing.frame]
      }
    }
  }
})

/** As primary: one batch for these, another for those, both valid, and two chains that follow from it. */
export const twoBatches = twistProposals('two-batches', ({ plot }) => (header, { to }) => {
  if (!plot.second.has(to)) return undefined
  const parent = plot.pairs.get(header.parent) ?? header.parent
  const other = { ...header, parent, time: header.time + 1 }
  plot.pairs.set(headerDigest(header), headerDigest(other))
  return other
})

/** As primary: batches from the far future, a different one each time. */
export const wrongTime = twistProposals('wrong-time', ({ plot }) => {
  let sent = 0
  return (header, { to }) =>
    plot.second.has(to) ? { ...header, time: header.time + 600_000 + ++sent } : undefined
})

/** As primary: batches that are not valid. */
export const invalidBatch = twistProposals('invalid-batch', ({ prng }) => header => {
  const twists: readonly BatchHeader[] = [
    { ...header, base: header.base + 1 },
    { ...header, time: header.time - 3_600_000 },
    { ...header, count: header.count + 1 },
    { ...header, seq: header.seq + 1 }
  ]
  return prng.chance(300_000) ? prng.pick(twists) : undefined
})
