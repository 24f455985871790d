import { createHash, hash } from 'node:crypto'
import type { Digest } from '@quorate/contracts'
import { fromHex } from './bytes.ts'

/** SHA-256 (FIPS 180-4) as 64 lower-case hex digits. One-shot hashing is four times faster than a hash object. */
export const sha256 = (bytes: Uint8Array): Digest => hash('sha256', bytes, 'hex')

export const sha256Bytes = (bytes: Uint8Array): Uint8Array => fromHex(sha256(bytes))

/** SHA-256 over the concatenation of the parts, without joining them first. */
export const sha256Parts = (parts: Iterable<Uint8Array>): Digest => {
  const running = createHash('sha256')
  for (const part of parts) running.update(part)
  return running.digest('hex')
}
