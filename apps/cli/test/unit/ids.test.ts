import type { Client } from '@quorate/client'
import { expect, it } from 'vitest'
import { wholeId } from '../../src/ids.ts'
import { coded } from './coded.ts'

const ids = ['aaaa1', 'aaaa2', 'bbbb'].map(beginning => beginning.padEnd(64, '0'))
const [first = '', , third = ''] = ids
const client = {
  proposals: () => Promise.resolve(ids.map(proposalId => ({ proposalId }))),
  auctions: () => Promise.resolve([{ auctionId: 'cccc'.padEnd(64, '0') }])
} as unknown as Client

it('finds the one id that begins so', async () => {
  expect(await wholeId(client, 'bbbb', 'proposal')).toBe(third)
  expect(await wholeId(client, 'aaaa1', 'proposal', 'auction')).toBe(first)
  expect(await wholeId(client, 'cccc', 'proposal', 'auction')).toBe('cccc'.padEnd(64, '0'))
})

it('refuses to guess', async () => {
  await expect(wholeId(client, 'aaaa', 'proposal')).rejects.toThrow(coded('QRT_AMBIGUOUS'))
})

it('leaves alone what is whole, too short, unknown or no beginning of an id', async () => {
  for (const given of [first, 'aaa', 'dddd', 'p1', 'unordered-1']) {
    expect(await wholeId(client, given, 'proposal')).toBe(given)
  }
})
