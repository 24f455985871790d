/** A libp2p peer id in its text form (`12D3Koo...`): the identity of one daemon. It carries the Ed25519 public key. */
export type PeerId = string

/** The digest of the founding document, 64 lower-case hex digits. */
export type GroupId = string

/** A SHA-256 digest, 64 lower-case hex digits in memory, 32 bytes on the wire. */
export type Digest = string

/** `member/agent`: the group-wide address of an agent. In memory the member part is always the full peer id. */
export type AgentAddress = string

/** Milliseconds since the Unix epoch. Local unless called `agreed`. */
export type TimeMs = number

/**
 * What canonical CBOR may carry: no floats, no tags, no undefined.
 * Integers outside the safe range are `bigint`. Maps have text keys.
 */
export type CborValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly CborValue[]
  | { readonly [key: string]: CborValue }
