import type { Digest, GroupId } from './ids.ts'

/**
 * A self-contained proof that an entry is on the group's ledger, verifiable offline with the group file alone.
 * Every field is bound by a signature or derived from one that is: changing any byte makes it invalid.
 * docs/protocol/wire.md, rules W80 to W87. Byte strings are base64.
 */
export interface Receipt {
  readonly format: 'quorate-receipt/1'
  readonly kind: 'decision' | 'award' | 'record' | 'entry'
  readonly groupId: GroupId
  /** Id of the object (proposal, auction, entry digest). */
  readonly id: string
  /** Ledger sequence of the entry. */
  readonly sequence: number
  /** Canonical bytes of the batch header. */
  readonly header: string
  /** The entry: who submitted it, where it stood there, its kind and body. */
  readonly entry: {
    readonly author: string
    readonly counter: number
    readonly index: number
    readonly kind: string
    readonly body: string
  }
  /** Merkle path from the entry's leaf to the header's root, from the leaf upwards; `position` is the leaf's index. */
  readonly path: { readonly position: number; readonly siblings: readonly Digest[] }
  readonly certificate: { readonly epoch: number; readonly view: number; readonly votes: readonly string[] }
}

export interface Verification {
  readonly valid: boolean
  readonly kind: string
  readonly groupId: string
  readonly reason: string
  /** Peer ids whose commit votes were checked. */
  readonly signers: readonly string[]
}
