import { hash } from 'node:crypto'
import type { CborValue, Envelope, GroupId, Opened, PeerId, Signing, Verified } from '@quorate/contracts'
import { reject } from '@quorate/contracts'
import {
  concatBytes,
  decodeContent,
  decodeFrame,
  encodeContent,
  encodeFrame,
  equalBytes,
  fromHex,
  sha256
} from '@quorate/core'
import { createFrameCache } from './frame-cache.ts'

/**
 * Signatures for the simulator: a keyed hash instead of Ed25519, two orders of magnitude cheaper. Nobody in the simulator
 * holds another peer's secret, so forging is as impossible as the tests need it to be. Frames are the real format.
 */
export interface VirtualSigning {
  readonly signer: (peer: PeerId) => Signing
  readonly open: Signing['open']
}

export const createVirtualSigning = (groupId: GroupId): VirtualSigning => {
  const cache = createFrameCache()

  const seal = (kind: string, author: PeerId, digest: string): Uint8Array => {
    const half = fromHex(hash('sha256', `secret of ${author}/${kind}/${groupId}/${digest}`, 'hex'))
    return concatBytes(half, half)
  }

  const read = (frame: Uint8Array): Opened => {
    const parts = decodeFrame(frame)
    const content = parts && decodeContent(parts.signedBytes)
    if (!parts || !content) return { ok: false, verdict: reject('frame-malformed') }
    const digest = sha256(parts.signedBytes)
    const expected = seal(content.kind, content.author, digest)
    if (!equalBytes(expected, parts.signature)) return { ok: false, verdict: reject('signature-invalid') }
    return { ok: true, envelope: { ...content, digest, frame } as Verified<Envelope> }
  }

  const open = (frame: Uint8Array): Opened => cache.get(frame) ?? cache.set(frame, read(frame))

  const sign = (author: PeerId, kind: string, body: CborValue): Verified<Envelope> => {
    const signedBytes = encodeContent({ kind, author, body })
    const digest = sha256(signedBytes)
    const frame = encodeFrame({ signedBytes, signature: seal(kind, author, digest) })
    const envelope = { kind, author, body, digest, frame } as Verified<Envelope>
    cache.set(frame, { ok: true, envelope })
    return envelope
  }

  return {
    open,
    signer: self => ({ self, open, sign: (kind, body) => sign(self, kind, body) })
  }
}
