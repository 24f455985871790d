import { defaultCrypto, nodeCrypto, pureJsCrypto } from '@chainsafe/libp2p-noise/crypto'
import type { ICryptoInterface } from '@chainsafe/libp2p-noise'

/**
 * The primitives of the noise handshake and cipher without WebAssembly: X25519 and SHA-256 by node:crypto, HKDF in
 * JavaScript, ChaCha20-Poly1305 by whichever of the two is faster for the size.
 *
 * Node's cipher costs about 17 us to set up and 0.8 ns a byte; JavaScript costs 6 us and 6 ns a byte. They meet here.
 */
const NATIVE_BYTES_MIN = 2_048

export const noiseCrypto: ICryptoInterface = {
  ...defaultCrypto,
  chaCha20Poly1305Encrypt: (plaintext, ...rest) =>
    engineFor(plaintext).chaCha20Poly1305Encrypt(plaintext, ...rest),
  // Without the fifth argument, a buffer to decrypt into, which overlaps the ciphertext.
  chaCha20Poly1305Decrypt: (ciphertext, ...[nonce, ad, key]) =>
    engineFor(ciphertext).chaCha20Poly1305Decrypt(ciphertext, nonce, ad, key)
}

type Cipher = Pick<ICryptoInterface, 'chaCha20Poly1305Encrypt' | 'chaCha20Poly1305Decrypt'>

const engineFor = ({ byteLength }: { readonly byteLength: number }): Cipher =>
  byteLength < NATIVE_BYTES_MIN ? pureJsCrypto : nodeCrypto
