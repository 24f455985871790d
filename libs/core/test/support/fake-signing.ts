import { reject, type CborValue, type Envelope, type Opened, type Verified } from '@quorate/contracts'
import { decodeContent, decodeFrame, encodeContent, encodeFrame, sha256 } from '../../src/index.ts'

/** Frames without cryptography, for tests of rules that come after it: anybody writes as anybody. */
export const envelopeOf = (author: string, kind: string, body: CborValue): Envelope => {
  const signedBytes = encodeContent({ kind, author, body })
  const frame = encodeFrame({ signedBytes, signature: new Uint8Array(64) })
  return { kind, author, body, digest: sha256(signedBytes), frame }
}

/** Bytes that no signing would open. */
export const FORGED = encodeFrame({ signedBytes: new Uint8Array(1), signature: new Uint8Array(64) })

export const openFake = (bytes: Uint8Array): Opened => {
  const frame = decodeFrame(bytes)
  const content = frame && decodeContent(frame.signedBytes)
  if (!frame || !content) return { ok: false, verdict: reject('signature-invalid') }
  const envelope = { ...content, digest: sha256(frame.signedBytes), frame: bytes } as Verified<Envelope>
  return { ok: true, envelope }
}
