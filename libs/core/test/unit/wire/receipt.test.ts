import { describe, expect, it } from 'vitest'
import type { Entry } from '@quorate/contracts'
import {
  createBatch,
  createReceipt,
  decisionShape,
  decodeHeader,
  decodeSubmission,
  encodeCbor,
  encodeSubmission,
  fromBase64,
  merkleRootOf,
  receiptSubject,
  utf8
} from '../../../src/index.ts'
import { FOUR, ballotOf, proposalOf } from '../../support/ballots.ts'
import { envelopeOf } from '../../support/fake-signing.ts'

const drafts = [0, 1, 2].map(i => ({ kind: 'record', body: utf8(`${i}`) }))
const submission = decodeSubmission(envelopeOf('alice', 'submission', encodeSubmission(9, drafts)))
if (!submission) throw new Error('malformed')
const batch = createBatch({ seq: 3, parent: '00'.repeat(32), base: 40, time: 5 }, [submission])
const leaves = submission.entries.map(({ digest }) => digest)
const entry = submission.entries[2] as Entry
const certificate = { epoch: 0, view: 1, votes: [utf8('vote')] }
const init = {
  groupId: 'aa'.repeat(32),
  kind: 'record' as const,
  id: entry.digest,
  header: batch.header,
  certificate
}

describe('making a receipt (W80)', () => {
  it('puts in all that its verifier needs', () => {
    const receipt = createReceipt({ ...init, leaves, position: 2, entry })
    const header = decodeHeader(fromBase64(receipt.header) ?? utf8(''))
    expect(header).toEqual(batch.header)
    expect(merkleRootOf({ leaf: entry.digest, count: 3, ...receipt.path })).toBe(batch.header.root)
    expect(receipt).toMatchObject({
      format: 'quorate-receipt/1',
      sequence: 43,
      entry: { author: 'alice', counter: 9, index: 2, kind: 'record', body: 'Mg==' },
      certificate: { epoch: 0, view: 1, votes: ['dm90ZQ=='] }
    })
  })

  it('is a bug for an entry that is not the leaf', () => {
    expect(() => createReceipt({ ...init, leaves, position: 1, entry })).toThrow('leaf at its position')
  })
})

describe('what a receipt is about (W82)', () => {
  const digest = 'dd'.repeat(32)
  const subject = (kind: string, body: Uint8Array) => receiptSubject({ kind, body, digest })

  it('a decision: the proposal', () => {
    const ballots = FOUR.voters.map(({ peerId }) => ballotOf(peerId).frame)
    const decision = { proposal: proposalOf().frame, outcome: 'accepted' as const, ballots }
    expect(subject('decision', encodeCbor(decisionShape.encode(decision)))).toEqual({
      kind: 'decision',
      id: proposalOf().digest
    })
  })

  it('an award: the auction', () => {
    const body = encodeCbor([new Uint8Array(32).fill(1), 'more'])
    expect(subject('auction-award', body)).toEqual({ kind: 'award', id: '01'.repeat(32) })
  })

  it('a record, and anything else: the entry itself', () => {
    expect(subject('record', utf8('x'))).toEqual({ kind: 'record', id: digest })
    expect(subject('evidence', utf8('x'))).toEqual({ kind: 'entry', id: digest })
  })

  it.each([
    ['decision', utf8('x')],
    ['decision', encodeCbor([new Uint8Array(1), 'accepted', [new Uint8Array(1)]])],
    ['auction-award', utf8('x')],
    ['auction-award', encodeCbor([])],
    ['auction-award', encodeCbor([new Uint8Array(31)])],
    ['auction-award', encodeCbor({ 0: new Uint8Array(32) })]
  ])('nothing, when the body of a %s is malformed', (kind, body) => {
    expect(subject(kind, body)).toBeUndefined()
  })
})
