import { reject, type CborValue, type Envelope, type Opened, type PeerId } from '@quorate/contracts'
import type { Signing, Verified } from '@quorate/contracts'
import { encodeCbor, sha256, sha256Bytes } from '@quorate/core'

/** Signs with a hash that only this test knows how to make: deterministic, as Ed25519 is. */
export const createFakeSigning = (self: PeerId): Signing => ({
  self,
  sign: (kind: string, body: CborValue): Verified<Envelope> => {
    const signed = encodeCbor([kind, self, body])
    const frame = encodeCbor([1, signed, sha256Bytes(encodeCbor(['secret of', self, signed]))])
    return { kind, author: self, body, digest: sha256(signed), frame } as unknown as Verified<Envelope>
  },
  open: (): Opened => ({ ok: false, verdict: reject('not used') })
})
