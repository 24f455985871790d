import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import { ballotShape, proposalShape, sha256, utf8, voteShape } from '@quorate/core'
import { describeEnvelope } from '../../src/index.ts'
import { testGroup } from '../support/group.ts'

const [signing] = testGroup(1).signings
const digest = sha256(utf8('x'))
const describeBody = (kind: string, body: CborValue): string => {
  if (!signing) throw new Error('the group has no member')
  return describeEnvelope(signing.sign(kind, body))
}

describe('describing an envelope', () => {
  it('names a vote by view and sequence number', () => {
    const vote = voteShape.encode({ epoch: 0, voterSet: digest, view: 2, seq: 7, digest })
    expect(describeBody('pbft/commit', vote)).toMatch(
      /^pbft\/commit by 12D3KooW\w{8}…: epoch 0, view 2, seq 7, digest 2d711642b726b044…$/
    )
  })

  it('names a ballot by its verdict', () => {
    const ballot = { proposal: digest, epoch: 0, voterSet: digest, verdict: 'reject' as const }
    const body = ballotShape.encode({ ...ballot, confidencePpm: 750_000, reason: 'too soon', options: [] })
    expect(describeBody('ballot', body)).toMatch(
      /reject of proposal 2d71.*, confidence 0.75, epoch 0, reason "too soon"$/
    )
  })

  it('names a proposal by its statement', () => {
    const times = { createdAt: 1, deadline: 2, nonce: new Uint8Array(16) }
    const body = proposalShape.encode({ statement: 'Ship?', data: null, options: [], tally: null, ...times })
    expect(describeBody('proposal', body)).toMatch(/: "Ship\?", deadline 2$/)
  })

  it('shows the outer fields of any other message', () => {
    expect(describeBody('x', [1, 'a', new Uint8Array(2), [null, [true, [1]]], { k: 2n ** 60n }])).toMatch(
      /: \[1, "a", 0x0000, \[null, \[…, …\]\], \{"k": 1152921504606846976\}\]$/
    )
  })

  it('is one line without control characters, whatever the peer wrote', () => {
    const line = describeBody('x\u001b[2J', ['\u001b[31m\n\u202e', 'y'.repeat(1000)])
    expect(line).not.toMatch(/[\p{C}\n]/u)
    expect(line.length).toBeLessThan(300)
  })
})
