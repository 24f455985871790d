import { createPrivateKey, createPublicKey } from 'node:crypto'
import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import type { PeerId } from '@quorate/contracts'

/** What stands before the seed in the PKCS #8 form of an Ed25519 key (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The libp2p key of a raw Ed25519 seed (32 bytes). libp2p's raw form is the seed followed by the public key. */
export const privateKeyFromSeed = (seed: Uint8Array): PrivateKey => {
  const der = Buffer.concat([PKCS8_PREFIX, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return privateKeyFromRaw(Buffer.concat([seed, Buffer.from(x, 'base64url')]))
}

/** The peer id (`12D3Koo...`) of a raw Ed25519 seed. */
export const peerIdFromSeed = (seed: Uint8Array): PeerId =>
  peerIdFromPrivateKey(privateKeyFromSeed(seed)).toString()
