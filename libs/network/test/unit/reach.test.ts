import { expect, test } from 'vitest'
import { planBroadcast } from '../../src/reach.ts'

const plan = (open: string, linked: string, options: { toMembers?: boolean; gossipable?: boolean } = {}) =>
  planBroadcast({
    reach: ['a', 'b', 'c'],
    isOpen: peer => open.includes(peer),
    isLinked: peer => linked.includes(peer),
    toMembers: options.toMembers ?? false,
    gossipable: options.gossipable ?? true
  })

test('votes stay on streams when all voters are connected', () => {
  expect(plan('abc', 'abc')).toEqual({ targets: ['a', 'b', 'c'], complete: true, gossip: false })
})

test('votes are gossiped when a voter is not connected', () => {
  expect(plan('ab', 'ab')).toEqual({ targets: ['a', 'b'], complete: false, gossip: true })
})

test('frames for all members are always gossiped, if they are small enough', () => {
  expect(plan('abc', 'abc', { toMembers: true }).gossip).toBe(true)
  expect(plan('ab', 'ab', { toMembers: true, gossipable: false }).gossip).toBe(false)
})

test('a stream that is still opening gets the frame but does not count as reached', () => {
  expect(plan('ab', 'abc')).toEqual({ targets: ['a', 'b', 'c'], complete: false, gossip: true })
})
