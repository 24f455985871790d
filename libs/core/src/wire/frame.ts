import type { CborValue, Digest, GroupId, PeerId } from '@quorate/contracts'
import { concatBytes, fromHex, utf8 } from '../bytes.ts'
import { decodeCbor, encodeCbor } from '../cbor.ts'
import { LIMITS } from '../limits.ts'
import { byteString, struct, text, uint } from '../shape.ts'

/** docs/protocol/wire.md, rule W10: `[version, signedBytes, signature]`. */
export const FRAME_VERSION = 1
export const SIGNATURE_BYTES = 64

const frameShape = struct({
  version: uint(FRAME_VERSION),
  signedBytes: byteString(LIMITS.frameBytesMax),
  signature: byteString(SIGNATURE_BYTES, SIGNATURE_BYTES)
})

export interface Frame {
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
}

export const encodeFrame = (frame: Frame): Uint8Array =>
  encodeCbor(frameShape.encode({ version: FRAME_VERSION, ...frame }))

export const decodeFrame = (bytes: Uint8Array): Frame | undefined => {
  if (bytes.length > LIMITS.frameBytesMax) return undefined
  const value = decodeCbor(bytes)
  const frame = value === undefined ? undefined : frameShape.decode(value)
  return frame?.version === FRAME_VERSION ? frame : undefined
}

export interface SignedContent {
  readonly kind: string
  readonly author: PeerId
  readonly body: CborValue
}

const KIND = text(LIMITS.kindBytesMax, 1)
const AUTHOR = text(LIMITS.peerIdBytesMax, 1)

/** The bytes that are signed: canonical CBOR `[kind, author, body]`. */
export const encodeContent = (content: SignedContent): Uint8Array =>
  encodeCbor([content.kind, content.author, content.body])

export const decodeContent = (signedBytes: Uint8Array): SignedContent | undefined => {
  const value = decodeCbor(signedBytes)
  if (!Array.isArray(value) || value.length !== 3) return undefined
  const [kind, author, body] = [KIND.decode(value[0]), AUTHOR.decode(value[1]), value[2]]
  return kind === undefined || author === undefined ? undefined : { kind, author, body }
}

/**
 * What the Ed25519 signature covers: `"quorate/v1/" || kind || 0x00 || groupId || 0x00 || sha256(signedBytes)`, the group
 * id and the digest as 32 bytes each. docs/protocol/signing.md, rule S4.
 */
export const signatureInput = (kind: string, groupId: GroupId, digest: Digest): Uint8Array =>
  concatBytes(utf8(`quorate/v1/${kind}`), ZERO, fromHex(groupId), ZERO, fromHex(digest))

const ZERO = new Uint8Array(1)
