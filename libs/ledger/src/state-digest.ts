import type { Digest } from '@quorate/contracts'
import { encodeCbor, sha256Parts, compareText } from '@quorate/core'
import type { StateLayer } from './state-layer.ts'

/**
 * Digest of the whole agreed state: sha256 over the canonical CBOR of `[module, key, value]`, one after the other, in
 * ascending order of module and key. Part of every checkpoint, so that a diverging peer is found at once.
 * Source: docs/protocol/consensus.md, "checkpoints".
 */
export const stateDigest = (base: StateLayer): Digest => {
  const rows = base.writes().toSorted((a, b) => compareText(a.module, b.module) || compareText(a.key, b.key))
  return sha256Parts(rows.map(({ module, key, value }) => encodeCbor([module, key, value ?? null])))
}
