import { base58btc } from 'multiformats/bases/base58'
import type { PeerId } from '@quorate/contracts'
import { concatBytes, equalBytes, fromHex } from '@quorate/core'
import { isSmallOrder } from './small-order.ts'

export const PUBLIC_KEY_BYTES = 32

/**
 * A peer id is base58btc over an identity multihash (0x00, length 0x24) of the protobuf `PublicKey { Type: Ed25519 (1),
 * Data: 32 bytes }`, so that it carries the key itself. Source: libp2p specs, peer-ids/peer-ids.md.
 */
const PREFIX = fromHex('002408011220')
const TEXT_LENGTH = 52

/** The peer id of a raw Ed25519 public key (32 bytes). */
export const peerIdOf = (publicKey: Uint8Array): PeerId =>
  base58btc.baseEncode(concatBytes(PREFIX, publicKey))

/**
 * The raw Ed25519 public key that a peer id carries. Undefined for any text that `peerIdOf` would not print, and for
 * keys of small order, under which one signature fits many messages. Never throws.
 */
export const publicKeyOf = (peerId: PeerId): Uint8Array | undefined => {
  const bytes = peerId.length === TEXT_LENGTH ? decodeBase58(peerId) : undefined
  if (bytes?.length !== PREFIX.length + PUBLIC_KEY_BYTES) return undefined
  const key = bytes.slice(PREFIX.length)
  if (!equalBytes(bytes.subarray(0, PREFIX.length), PREFIX) || isSmallOrder(key)) return undefined
  return peerIdOf(key) === peerId ? key : undefined
}

const decodeBase58 = (text: string): Uint8Array | undefined => {
  try {
    return base58btc.baseDecode(text)
  } catch {
    return undefined
  }
}
