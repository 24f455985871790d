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
  sha256,
  signatureInput,
  utf8
} from '@quorate/core'

/**
 * Signatures for the simulator: a keyed hash instead of Ed25519, two orders of magnitude cheaper. Nobody in the simulator
 * holds another peer's secret, so forging is as impossible as the tests need it to be. Frames are the real format.
 */
export interface VirtualSigning {
  signer(peer: PeerId): Signing
}

export const createVirtualSigning = (groupId: GroupId): VirtualSigning => {
  /** Frames travel between simulated nodes as the same object: opened once for all of them. */
  const opened = new WeakMap<Uint8Array, Opened>()

  const read = (frame: Uint8Array): Opened => {
    const parts = decodeFrame(frame)
    const content = parts && decodeContent(parts.signedBytes)
    if (!parts || !content) return { ok: false, verdict: reject('frame-malformed') }
    const digest = sha256(parts.signedBytes)
    const expected = seal(content.author, signatureInput(content.kind, groupId, digest))
    if (!equalBytes(expected, parts.signature)) return { ok: false, verdict: reject('signature-invalid') }
    return { ok: true, envelope: { ...content, digest, frame } as Verified<Envelope> }
  }

  const open = (frame: Uint8Array): Opened => {
    const known = opened.get(frame) ?? read(frame)
    opened.set(frame, known)
    return known
  }

  return {
    signer: self => ({
      self,
      open,
      sign: (kind: string, body: CborValue) => {
        const signedBytes = encodeContent({ kind, author: self, body })
        const digest = sha256(signedBytes)
        const frame = encodeFrame({
          signedBytes,
          signature: seal(self, signatureInput(kind, groupId, digest))
        })
        const envelope = { kind, author: self, body, digest, frame } as Verified<Envelope>
        opened.set(frame, { ok: true, envelope })
        return envelope
      }
    })
  }
}

/** As long as an Ed25519 signature. */
const seal = (author: PeerId, input: Uint8Array): Uint8Array => {
  const half = fromHex(sha256(concatBytes(utf8(`secret of ${author}`), input)))
  return concatBytes(half, half)
}
