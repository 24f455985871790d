import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto'
import type { PeerId } from '@quorate/contracts'
import { concatBytes, fromHex, invariant } from '@quorate/core'
import { PUBLIC_KEY_BYTES, peerIdOf } from './peer-id.ts'

export const SEED_BYTES = 32

/** DER of everything that stands before the raw key (RFC 8410, sections 4 and 7). */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420')
const SPKI_PREFIX = fromHex('302a300506032b6570032100')

/** A daemon's identity: an Ed25519 key pair (RFC 8032). */
export interface IdentityKey {
  /** The 32 secret bytes of which all else follows. */
  readonly seed: Uint8Array
  readonly privateKey: KeyObject
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly peerId: PeerId
}

export const generateKey = (): IdentityKey => keyOfSeed(randomBytes(SEED_BYTES))

/** The key pair of a seed of 32 bytes; the same seed gives the same pair. */
export const keyOfSeed = (seed: Uint8Array): IdentityKey => {
  invariant(seed.length === SEED_BYTES, `a seed has ${SEED_BYTES} bytes`)
  const der = Buffer.from(concatBytes(PKCS8_PREFIX, seed))
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicKey = new Uint8Array(spki.subarray(-PUBLIC_KEY_BYTES))
  return { seed: new Uint8Array(seed), privateKey, publicKey, peerId: peerIdOf(publicKey) }
}

/** A raw public key in the form that node:crypto verifies with; reuse it, making one costs as much as a signature. */
export const verifyingKey = (publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(concatBytes(SPKI_PREFIX, publicKey)), format: 'der', type: 'spki' })
