import { expect, test } from 'vitest'
import { createAddressBook, parseAddress } from '../../src/address-book.ts'
import { peerIdFromSeed } from '../../src/index.ts'

const PEER = peerIdFromSeed(new Uint8Array(32).fill(1))
const OTHER = peerIdFromSeed(new Uint8Array(32).fill(2))

test.each([
  ['/ip4/192.0.2.1/tcp/4001', `/ip4/192.0.2.1/tcp/4001/p2p/${PEER}`],
  [`/ip6/2001:db8::1/tcp/4001/p2p/${PEER}`, `/ip6/2001:db8::1/tcp/4001/p2p/${PEER}`],
  ['/dns4/example.org/tcp/4001', `/dns4/example.org/tcp/4001/p2p/${PEER}`]
])('%s can be dialled', (text, expected) => {
  expect(parseAddress(text, PEER)).toBe(expected)
})

test.each([
  '',
  'nonsense',
  '/ip4/192.0.2.1',
  '/ip4/192.0.2.1/udp/4001',
  '/ip4/192.0.2.1/tcp/4001/ws',
  '/ip4/999.0.2.1/tcp/4001',
  '/unix/tmp',
  `/ip4/192.0.2.1/tcp/4001/p2p/${OTHER}`,
  `/ip4/192.0.2.1/tcp/4001/p2p/${OTHER}/p2p-circuit/p2p/${PEER}`
])('"%s" cannot', text => {
  expect(parseAddress(text, PEER)).toBeUndefined()
})

test('news goes in front, what a peer says of itself at the end, each once and bounded', () => {
  const book = createAddressBook(3)
  const at = (port: number) => `/ip4/192.0.2.1/tcp/${port}`
  const full = (port: number) => `${at(port)}/p2p/${PEER}`
  expect(book.add(PEER, [at(1), at(1), 'nonsense'])).toBe(1)
  expect(book.add(PEER, [full(1)])).toBe(0)
  book.append(PEER, [at(2), at(1)])
  expect(book.add(PEER, [at(3)])).toBe(1)
  expect(book.get(PEER)).toEqual([full(3), full(1), full(2)])
  book.append(PEER, [at(4)])
  expect(book.get(PEER)).toEqual([full(3), full(1), full(2)])
  book.forget(PEER)
  expect(book.get(PEER)).toEqual([])
})
