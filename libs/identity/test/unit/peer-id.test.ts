import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '@quorate/core'
import { generateKey, keyOfSeed, peerIdOf, publicKeyOf } from '../../src/index.ts'
import { isSmallOrder } from '../../src/small-order.ts'

/** RFC 8032 section 7.1, test 1. */
const SEED = fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
const PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'

const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'
]

describe('peer ids (S1)', () => {
  it('derives the key pair of RFC 8032, test 1', () => {
    expect(toHex(keyOfSeed(SEED).publicKey)).toBe(PUBLIC)
  })

  it('prints a key as libp2p does and reads it back', () => {
    const { publicKey, peerId } = generateKey()
    expect(peerId).toMatch(/^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$/)
    expect(publicKeyOf(peerId)).toEqual(publicKey)
  })

  it('agrees with the example of the libp2p specification', () => {
    const id = '12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA'
    const key = publicKeyOf(id)
    expect(key && peerIdOf(key)).toBe(id)
  })

  it.each([
    ['an empty text', ''],
    ['an RSA peer id', 'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N'],
    ['a letter that base58 does not have', `12D3KooW${'0'.repeat(44)}`],
    ['a multibase prefix', `z${keyOfSeed(SEED).peerId}`],
    ['white space', `${keyOfSeed(SEED).peerId} `],
    ['a text that decodes to another length', '1'.repeat(52)]
  ])('refuses %s', (_, text) => {
    expect(publicKeyOf(text)).toBeUndefined()
  })

  it.each(SMALL_ORDER)('refuses the small-order key %s (S2)', hex => {
    expect(isSmallOrder(fromHex(hex))).toBe(true)
    expect(publicKeyOf(peerIdOf(fromHex(hex)))).toBeUndefined()
  })
})
