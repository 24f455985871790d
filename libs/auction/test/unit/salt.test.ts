import { describe, expect, it } from 'vitest'
import { readAuctionState } from '../../src/index.ts'
import { saltOf } from '../../src/machine/salt.ts'
import { createRun } from '../support/auction-run.ts'
import { createFakeSigning } from '../support/fake-signing.ts'
import { spec } from '../support/fixtures.ts'
import { createTestLedger } from '../support/ledger.ts'

const auctionAt = () => {
  const ledger = createTestLedger()
  const run = createRun(ledger, spec())
  run.announce()
  const auction = readAuctionState(ledger.state.module('auction'), run.id)
  if (!auction) throw new Error('no auction')
  return auction
}

describe('the salt of a bid', () => {
  const auction = auctionAt()
  const salt = (peer: string, of = auction, agent = 'x') => saltOf(createFakeSigning(peer), of, agent).join()

  it('is 32 bytes and the same at every time of asking: a restart opens what it sealed', () => {
    expect(saltOf(createFakeSigning('peer-b'), auction, 'x')).toHaveLength(32)
    expect(salt('peer-b')).toBe(salt('peer-b'))
  })

  it('differs between peers, agents and auctions', () => {
    const other = { ...auction, id: 'ab'.repeat(32) }
    const salts = [salt('peer-b'), salt('peer-c'), salt('peer-b', auction, 'y'), salt('peer-b', other)]
    expect(new Set(salts).size).toBe(4)
  })

  it('differs when the very same announcement is ordered again: the first salt is public by then', () => {
    const again = { ...auction, lot: { ...auction.lot, sequence: auction.lot.sequence + 1 } }
    expect(salt('peer-b', again)).not.toBe(salt('peer-b'))
  })
})
