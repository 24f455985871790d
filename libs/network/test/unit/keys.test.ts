import { createCipheriv, randomBytes } from 'node:crypto'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { expect, test } from 'vitest'
import { noiseCrypto } from '../../src/noise-crypto.ts'
import { peerIdFromSeed, privateKeyFromSeed } from '../../src/peer-key.ts'

test('a seed gives the same key and peer id as libp2p derives from it', async () => {
  const seed = randomBytes(32)
  const key = await generateKeyPairFromSeed('Ed25519', seed)
  expect(privateKeyFromSeed(seed).raw).toEqual(key.raw)
  expect(peerIdFromSeed(seed)).toBe(peerIdFromPrivateKey(key).toString())
})

test.each([0, 1, 511, 2_047, 2_048, 65_000])('the noise cipher agrees with node:crypto at %i bytes', size => {
  const key = randomBytes(32)
  const nonce = randomBytes(12)
  const ad = randomBytes(16)
  const plaintext = new Uint8Array(randomBytes(size))
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 })
  cipher.setAAD(ad, { plaintextLength: size })
  const expected = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
  const sealed = noiseCrypto.chaCha20Poly1305Encrypt(plaintext, nonce, ad, key).subarray()
  expect(Buffer.from(sealed).equals(expected)).toBe(true)
  const opened = noiseCrypto.chaCha20Poly1305Decrypt(sealed, nonce, ad, key).subarray()
  expect(Buffer.from(opened).equals(plaintext)).toBe(true)
  const forged = Uint8Array.from(sealed)
  forged[0] = (forged[0] ?? 0) ^ 1
  expect(() => noiseCrypto.chaCha20Poly1305Decrypt(forged, nonce, ad, key)).toThrow(Error)
})
