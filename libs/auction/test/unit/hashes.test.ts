import { describe, expect, it } from 'vitest'
import { commitOf, specDigestOf, type SealedBid } from '../../src/index.ts'
import { bidOf, seedBytes, spec } from '../support/fixtures.ts'

const sealed: SealedBid = {
  auction: '11'.repeat(32),
  agent: 'peer-a/x',
  specDigest: specDigestOf(spec()),
  bid: bidOf(10, 0.5),
  salt: seedBytes('salt', 32)
}

describe('a commit (notes, "Commit")', () => {
  it.each([
    ['auction', { auction: '12'.repeat(32) }],
    ['bidder', { agent: 'peer-b/x' }],
    ['spec', { specDigest: specDigestOf(spec({ reserve: 1_000_000 })) }],
    ['bid', { bid: bidOf(11, 0.5) }],
    ['salt', { salt: seedBytes('other', 32) }]
  ])('is bound to its %s', (_, change) => {
    expect(commitOf({ ...sealed, ...change })).not.toBe(commitOf(sealed))
  })
})
