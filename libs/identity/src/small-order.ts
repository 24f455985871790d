import { toHex } from '@quorate/core'

/**
 * The y coordinates of the points of order 1, 2, 4 and 8, canonical or not, sign bit cleared. For such a "key" anyone can
 * make signatures, and one signature can fit many messages, so nobody may have it as identity.
 * Source: Cremers and Jackson 2019, "Prime, Order Please!", table of Curve25519's small-order points.
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'
])

export const isSmallOrder = (publicKey: Uint8Array): boolean => {
  const y = Uint8Array.from(publicKey)
  y[31] = (y[31] ?? 0) & 0x7f
  return SMALL_ORDER.has(toHex(y))
}
