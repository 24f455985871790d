import type { CborValue, Digest, PeerId } from './ids.ts'
import type { Verdict } from './verdict.ts'

/**
 * One signed message, the same bytes at every hop.
 *
 * `frame` is what travels (docs/protocol/wire.md): canonical CBOR `[version, signedBytes, signature]`, where
 * `signedBytes` is canonical CBOR `[kind, author, body]`. `digest` is sha256(signedBytes) and is the message's id.
 * The signature covers the domain tag, the kind, the group id and the digest (docs/protocol/signing.md).
 */
export interface Envelope<Body = CborValue> {
  readonly kind: string
  readonly author: PeerId
  readonly body: Body
  readonly digest: Digest
  readonly frame: Uint8Array
}

declare const verified: unique symbol

/** A value whose signature, group, kind and size were checked at the boundary. Only a `Signing` makes one. */
export type Verified<T> = T & { readonly [verified]: true }

/** The outcome of opening a frame: the envelope, or why it is refused. */
export type Opened =
  | { readonly ok: true; readonly envelope: Verified<Envelope> }
  | { readonly ok: false; readonly verdict: Verdict }

/**
 * Signs own messages and opens those of others. Synchronous and deterministic: the same key and body give the same
 * bytes (Ed25519, RFC 8032), so that machines stay pure functions of their inputs.
 */
export interface Signing {
  readonly self: PeerId
  sign(kind: string, body: CborValue): Verified<Envelope>
  /** Verdicts are cached by the digest of the frame (bounded), so that opening the same bytes twice costs one hash. */
  readonly open: (frame: Uint8Array) => Opened
}

/**
 * Reads the body of one kind of message. `decode` returns undefined for anything that is not exactly the documented
 * shape; it never throws.
 */
export interface MessageCodec<Body = unknown> {
  readonly kind: string
  /** Largest frame in bytes that is looked at. */
  readonly frameBytesMax: number
  decode(body: CborValue): Body | undefined
}
