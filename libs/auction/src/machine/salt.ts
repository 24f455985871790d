import type { Signing } from '@quorate/contracts'
import { fromHex, sha256Bytes } from '@quorate/core'
import type { Auction } from '../ledger/auction-state.ts'

/**
 * The 32-byte salt of this node's bid: sha256 of the node's own signature frame over (auction id,
 * announcement's ledger sequence, agent name). Only the holder of the key can compute it, and it needs
 * neither randomness nor storage, so a machine stays a pure function and a restart opens what it sealed. The
 * frame never leaves the node. The sequence is in it so that an announcement repeated after it was pruned
 * gets another salt: the old one is public by then. Rule A7.
 */
export const saltOf = (signing: Signing, { id, lot }: Auction, agent: string): Uint8Array =>
  sha256Bytes(signing.sign('auction-salt', [fromHex(id), lot.sequence, agent]).frame)
