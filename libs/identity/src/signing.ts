import { sign } from 'node:crypto'
import type { CborValue, Envelope, Signing, Verified } from '@quorate/contracts'
import { decodeContent, encodeContent, encodeFrame, invariant, sha256, signatureInput } from '@quorate/core'
import type { IdentityKey } from './key.ts'
import { createOpener, type OpenerInit } from './opener.ts'

export interface SigningInit extends OpenerInit {
  readonly key: IdentityKey
}

/**
 * Signs as `key` and opens frames, for one group.
 * `sign` throws InvariantError for a body that is not canonical CBOR: bodies of one's own come from shapes.
 */
export const createSigning = (init: SigningInit): Signing => {
  const opener = createOpener(init)
  const self = init.key.peerId
  return {
    self,
    open: frame => opener.open(frame),
    sign(kind: string, body: CborValue): Verified<Envelope> {
      const envelope = signEnvelope(init, kind, body)
      opener.remember(envelope)
      return envelope
    }
  }
}

/** The body is read back from the signed bytes, so that its author sees exactly what everybody else sees. */
const signEnvelope = (init: SigningInit, kind: string, body: CborValue): Verified<Envelope> => {
  const signedBytes = encodeContent({ kind, author: init.key.peerId, body })
  const content = decodeContent(signedBytes)
  invariant(content, `the body of a ${kind} is canonical CBOR`)
  const digest = sha256(signedBytes)
  const signature = sign(null, signatureInput(kind, init.groupId, digest), init.key.privateKey)
  const frame = encodeFrame({ signedBytes, signature: new Uint8Array(signature) })
  return { ...content, digest, frame } as Verified<Envelope>
}
