import { PPM, compareText } from '@quorate/core'

export interface Weight {
  readonly id: string
  readonly ppm: bigint
}

interface Share extends Weight {
  readonly remainder: bigint
}

/**
 * Normalises raw weights to ppm that sum to exactly 1_000_000, by largest remainders: each gets floor(raw *
 * 1e6 / sum); what is left goes, one ppm each, to the largest remainders, ties to the smaller name.
 *
 * Shape: ascending by criterion name. Bounds: raw weights are not negative and not all zero (the
 * announcement's check).
 * Source: docs/protocol/auction.md, rule A17.
 */
export const normaliseWeights = (raw: { readonly [id: string]: number }): readonly Weight[] => {
  const entries = Object.entries(raw).map(([id, value]) => ({ id, raw: BigInt(value) }))
  const sum = entries.reduce((total, entry) => total + entry.raw, 0n)
  if (sum === 0n) return []
  const shares = entries.map(entry => ({
    id: entry.id,
    ppm: (entry.raw * PPM) / sum,
    remainder: (entry.raw * PPM) % sum
  }))
  return handOut(shares).toSorted((a, b) => compareText(a.id, b.id))
}

const handOut = (shares: readonly Share[]): Weight[] => {
  const left = PPM - shares.reduce((total, share) => total + share.ppm, 0n)
  const order = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? compareText(a.id, b.id) : a.remainder > b.remainder ? -1 : 1
  )
  return order.map(({ id, ppm }, i) => ({ id, ppm: BigInt(i) < left ? ppm + 1n : ppm }))
}
