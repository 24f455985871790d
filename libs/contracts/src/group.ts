import type { CborValue, Digest, GroupId, PeerId, TimeMs } from './ids.ts'

export interface FoundingMember {
  readonly peerId: PeerId
  /** Name by which people call the member; unique in the group. */
  readonly member: string
  readonly role: 'voter' | 'observer'
  /** Voting power, a positive integer. */
  readonly weight: number
}

/** Names a strategy of the founding document; the plugin host finds it by `name` among those registered. */
export interface StrategyChoice {
  readonly name: string
  readonly version: number
  readonly config: { readonly [key: string]: CborValue }
}

/** What the group is founded on. Its digest is the group id. Canonical CBOR; docs/protocol/wire.md, "founding". */
export interface FoundingDocument {
  readonly version: 1
  readonly name: string
  readonly createdAt: TimeMs
  /** 16 random bytes, so that two groups never share an id. */
  readonly nonce: Uint8Array
  readonly members: readonly FoundingMember[]
  /** Byzantine voters to tolerate; never more than floor((n-1)/3). Absent: that maximum, at every epoch. */
  readonly faultTolerance: number | null
  readonly consensus: StrategyChoice
  readonly auction: StrategyChoice
}

/** One version of the voter set. Voters stand in canonical order: ascending peer id text. */
export interface VoterSet {
  readonly epoch: number
  readonly voters: readonly { readonly peerId: PeerId; readonly weight: number }[]
  readonly faultTolerance: number
  readonly quorum: number
  /** sha256 of the canonical encoding; part of every vote. */
  readonly digest: Digest
}

/** What `group export` gives and `verify` needs. */
export interface GroupExport {
  readonly format: 'quorate-group/1'
  readonly groupId: GroupId
  /** The founding document's canonical bytes, base64. */
  readonly founding: string
  readonly epochs: readonly {
    readonly epoch: number
    readonly voters: readonly { readonly peerId: PeerId; readonly weight: number }[]
    readonly faultTolerance: number
    readonly quorum: number
    readonly digest: Digest
  }[]
}
