import { describe, expect, it } from 'vitest'
import type { FoundingDocument, FoundingMember } from '@quorate/contracts'
import {
  createVoterSet,
  decodeFounding,
  encodeCbor,
  encodeFounding,
  foundingVoterSet,
  groupIdOf,
  isVoter,
  sha256
} from '../../../src/index.ts'

const member = (peerId: string, role: FoundingMember['role'] = 'voter'): FoundingMember => {
  return { peerId, member: `name of ${peerId}`, role, weight: 1 }
}

const founding: FoundingDocument = {
  version: 1,
  name: 'fleet',
  createdAt: 1_700_000_000_000,
  nonce: new Uint8Array(16).fill(3),
  members: ['d', 'b', 'a', 'c'].map(id => member(id)).concat(member('e', 'observer')),
  faultTolerance: null,
  consensus: { name: 'pbft', version: 1, config: { window: 8 } },
  auction: { name: 'weighted', version: 1, config: {} }
}

const reread = (change: Partial<FoundingDocument>): FoundingDocument | undefined =>
  decodeFounding(encodeFounding({ ...founding, ...change }))

describe('the founding document (W20)', () => {
  it('is read as it was written, and its digest is the group id (W22)', () => {
    const bytes = encodeFounding(founding)
    expect(decodeFounding(bytes)).toEqual(founding)
    expect(groupIdOf(bytes)).toBe(sha256(bytes))
  })

  it.each<[string, Partial<FoundingDocument>]>([
    ['an empty name', { name: '' }],
    ['a long name', { name: 'n'.repeat(65) }],
    ['a short nonce', { nonce: new Uint8Array(15) }],
    ['no members', { members: [] }],
    ['no voters (W21)', { members: [member('a', 'observer')] }],
    ['a peer twice (W21)', { members: [member('a'), { ...member('a'), member: 'other' }] }],
    ['a name twice (W21)', { members: [member('a'), { ...member('b'), member: 'name of a' }] }],
    ['a member without weight (W21)', { members: [{ ...member('a'), weight: 0 }] }],
    ['a tolerance that its voters cannot carry (W21)', { faultTolerance: 2 }],
    ['another version', { version: 2 as 1 }],
    ['more than 256 voters', { members: Array.from({ length: 257 }, (_, i) => member(`m${i}`)) }]
  ])('is refused with %s', (_, change) => {
    expect(reread(change)).toBeUndefined()
  })

  it('may ask for a lower tolerance, and name many observers', () => {
    const observers = Array.from({ length: 300 }, (_, i) => member(`o${i}`, 'observer'))
    expect(reread({ faultTolerance: 0, members: [member('a'), ...observers] })).toBeDefined()
  })

  it('is refused when a strategy has a configuration that is no map', () => {
    const bytes = encodeFounding({ ...founding, consensus: { ...founding.consensus, config: [] as never } })
    expect(decodeFounding(bytes)).toBeUndefined()
  })
})

describe('voter sets (W23)', () => {
  it('hold the voters of the founding document, in canonical order', () => {
    const set = foundingVoterSet(founding)
    expect(set.voters.map(({ peerId }) => peerId)).toEqual(['a', 'b', 'c', 'd'])
    expect(set).toMatchObject({ epoch: 0, faultTolerance: 1, quorum: 3 })
    expect(['a', 'e', 'x'].map(peerId => isVoter(set, peerId))).toEqual([true, false, false])
  })

  it('do not depend on the order in which members are named', () => {
    const reversed = foundingVoterSet({ ...founding, members: founding.members.toReversed() })
    expect(reversed).toEqual(foundingVoterSet(founding))
  })

  it('order upper case before lower case, as bytes are (W24)', () => {
    const set = createVoterSet(
      0,
      ['a', 'B', 'A', 'b'].map(id => member(id)),
      null
    )
    expect(set.voters.map(({ peerId }) => peerId)).toEqual(['A', 'B', 'a', 'b'])
  })

  it('digest epoch, tolerance, voters and weights (W25)', () => {
    const voters = founding.members.slice(0, 4)
    const expected = encodeCbor([0, 1, ['a', 'b', 'c', 'd'].map(id => [id, 1])])
    expect(createVoterSet(0, voters, null).digest).toBe(sha256(expected))
    const digests = [
      createVoterSet(0, voters, null),
      createVoterSet(1, voters, null),
      createVoterSet(0, voters, 0),
      createVoterSet(0, voters.slice(1), 0),
      createVoterSet(
        0,
        [{ ...member('a'), weight: 2 }, ...voters.filter(({ peerId }) => peerId !== 'a')],
        null
      )
    ].map(({ digest }) => digest)
    expect(new Set(digests).size).toBe(5)
  })

  it('are refused with a tolerance that they cannot carry', () => {
    expect(() => createVoterSet(0, founding.members.slice(0, 3), 1)).toThrow('1 more voter is needed')
  })
})
