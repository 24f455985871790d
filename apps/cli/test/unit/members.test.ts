import { describe, expect, it } from 'vitest'
import { findMember } from '../../src/members.ts'
import { coded } from './coded.ts'
import { members, peerIds } from './fixtures.ts'

describe('naming a member', () => {
  it.each(['beta', peerIds[1] ?? '', '12D3KooWB'])('finds it by %s', wanted => {
    expect(findMember(members, wanted).member).toBe('beta')
  })

  it('prefers a whole name to the beginning of a peer id', () => {
    const named = { ...members[2], member: '12D3KooWB' } as (typeof members)[number]
    expect(findMember([...members, named], '12D3KooWB')).toBe(named)
  })

  it('does not guess', () => {
    expect(() => findMember(members, '12D3KooW')).toThrow(coded('QRT_AMBIGUOUS'))
    expect(() => findMember(members, 'omega')).toThrow(coded('QRT_NOT_FOUND'))
    expect(() => findMember(members, '')).toThrow(coded('QRT_NOT_FOUND'))
  })
})
