import { describe, expect, it } from 'vitest'
import type { Receipt } from '@quorate/contracts'
import { sha256, utf8 } from '@quorate/core'
import { createSigning, verifyReceipt } from '../../src/index.ts'
import {
  awardEntry,
  decisionEntry,
  recordEntry,
  testGroup,
  testKey,
  testReceipt,
  withEpochOne
} from '../support/group.ts'

const four = testGroup(4)
const record = testReceipt(four, { entry: recordEntry() })
const reasonOf = (receipt: unknown, group: unknown = four.file): string => {
  const { valid, reason } = verifyReceipt(receipt, group)
  return valid ? 'valid' : reason
}

describe('verifying a receipt (W80 and following)', () => {
  it('accepts a record and names its signers', () => {
    expect(verifyReceipt(record, four.file)).toEqual({
      valid: true,
      kind: 'record',
      groupId: four.groupId,
      reason: 'record at sequence 42: 3 of 4 voters signed, the quorum is 3',
      signers: four.signings.slice(0, 3).map(({ self }) => self)
    })
  })

  it('accepts a decision with its ballots', () => {
    const entry = decisionEntry(four, [0, 1, 2])
    const receipt = testReceipt(four, { entry })
    expect(receipt).toMatchObject({ kind: 'decision', id: entry.id })
    expect(verifyReceipt(receipt, four.file)).toMatchObject({ valid: true, kind: 'decision' })
  })

  it('accepts an award by the auction that its body begins with', () => {
    const receipt = testReceipt(four, { entry: awardEntry() })
    expect(receipt).toMatchObject({ kind: 'award', id: '09'.repeat(32) })
    expect(reasonOf(receipt)).toBe('valid')
  })

  it('accepts any other entry by its digest', () => {
    const receipt = testReceipt(four, { entry: { kind: 'plan', body: utf8('opaque') } })
    expect(receipt.kind).toBe('entry')
    expect(reasonOf(receipt)).toBe('valid')
  })

  it('accepts more votes than the quorum needs, when all are good', () => {
    expect(reasonOf(testReceipt(four, { entry: recordEntry(), signers: [0, 1, 2, 3] }))).toBe('valid')
  })

  it('accepts a group file with later epochs', () => {
    expect(reasonOf(record, withEpochOne(four))).toBe('valid')
  })

  it('accepts a group of one', () => {
    const one = testGroup(1)
    expect(reasonOf(testReceipt(one, { entry: recordEntry() }), one.file)).toBe('valid')
  })

  it('needs 4 of 5 votes: three voters and one liar could otherwise be split', () => {
    const five = testGroup(5)
    const entry = recordEntry()
    expect(five.voterSet).toMatchObject({ faultTolerance: 1, quorum: 4 })
    expect(reasonOf(testReceipt(five, { entry, signers: [0, 1, 2] }), five.file)).toMatch(
      /3 commit votes.*quorum is 4/
    )
    expect(reasonOf(testReceipt(five, { entry, signers: [0, 1, 2, 3] }), five.file)).toBe('valid')
  })
})

describe('a receipt that does not prove what it says', () => {
  const entry = recordEntry()
  const other = sha256(utf8('other'))
  it.each([
    ['a signer twice', { entry, signers: [0, 1, 1] }, /second one of the same voter/],
    ['a signer twice beyond the quorum', { entry, signers: [0, 1, 2, 2] }, /second one of the same voter/],
    ['votes below the quorum', { entry, signers: [0, 1] }, /2 commit votes/],
    ['no votes', { entry, signers: [] }, /0 commit votes/],
    ['votes of another view', { entry, vote: { view: 1 } }, /something else/],
    ['votes of another sequence number', { entry, vote: { seq: 4 } }, /something else/],
    ['votes for another batch', { entry, vote: { digest: other } }, /something else/],
    ['votes of another epoch', { entry, vote: { epoch: 1 } }, /something else/],
    ['votes of another voter set', { entry, vote: { voterSet: other } }, /something else/],
    ['prepares in place of commits', { entry, voteKind: 'pbft/prepare' }, /not a commit vote/],
    ['commits of another strategy', { entry, voteKind: 'qbft/commit' }, /not a commit vote/]
  ])('%s', (_, making, reason) => {
    expect(reasonOf(testReceipt(four, making))).toMatch(reason)
  })

  it('a vote of a peer that is not a voter', () => {
    const outsider = createSigning({ key: testKey(99), groupId: four.groupId })
    const larger = { ...four, signings: [...four.signings, outsider] }
    expect(reasonOf(testReceipt(larger, { entry, signers: [0, 1, 4] }))).toBe(
      'vote 3 is of a peer that is not a voter'
    )
  })

  it('a decision with too few ballots', () => {
    expect(reasonOf(testReceipt(four, { entry: decisionEntry(four, [0, 1]) }))).toMatch(
      /tally-below-threshold/
    )
  })

  it('a decision that counts a ballot twice', () => {
    expect(reasonOf(testReceipt(four, { entry: decisionEntry(four, [0, 1, 1]) }))).toMatch(
      /tally-duplicate-signer/
    )
  })

  it('a valid receipt of another group', () => {
    expect(reasonOf(record, testGroup(4, 'elsewhere').file)).toBe('the receipt is of another group')
  })

  it('a certificate of a later epoch, which is said to be unsupported', () => {
    const later = { ...record, certificate: { ...record.certificate, epoch: 1 } }
    expect(reasonOf(later)).toMatch(/this version can check epoch 0 only/)
  })
})

describe('a receipt whose fields were changed', () => {
  it.each<[string, (receipt: Receipt) => unknown]>([
    ['another id', r => ({ ...r, id: sha256(utf8('x')) })],
    ['another kind', r => ({ ...r, kind: 'entry' })],
    ['another sequence', r => ({ ...r, sequence: r.sequence + 1 })],
    ['another position', r => ({ ...r, sequence: r.sequence - 1, path: { ...r.path, position: 0 } })],
    ['no siblings', r => ({ ...r, path: { ...r.path, siblings: [] } })],
    ['upper-case hex', r => ({ ...r, groupId: r.groupId.toUpperCase() })],
    ['a space in base64', r => ({ ...r, header: `${r.header} ` })],
    ['base64url', r => ({ ...r, entry: { ...r.entry, body: `${r.entry.body.slice(0, -1)}_` } })],
    ['an extra field', r => ({ ...r, note: 'approved by legal' })],
    ['an extra inner field', r => ({ ...r, entry: { ...r.entry, note: 1 } })],
    [
      'an extra vote of nobody',
      r => ({ ...r, certificate: { ...r.certificate, votes: [...r.certificate.votes, ''] } })
    ],
    ['minus zero', r => ({ ...r, entry: { ...r.entry, index: -0 } })],
    ['another author', r => ({ ...r, entry: { ...r.entry, author: four.signings[1]?.self } })],
    ['a missing field', r => Object.fromEntries(Object.entries(r).slice(1))],
    ['nothing at all', () => null],
    ['a list', r => [r]]
  ])('%s', (_, change) => {
    expect(verifyReceipt(change(record), four.file)).toMatchObject({ valid: false, signers: [] })
  })
})

describe('a group file that is not what its id names', () => {
  const [set] = four.file.epochs
  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /not of the form/],
    ['an unknown field', { ...four.file, x: 1 }, /not of the form/],
    [
      'another founding document',
      { ...testGroup(4, 'b').file, groupId: four.groupId },
      /not the one that the group id/
    ],
    ['no epochs', { ...four.file, epochs: [] }, /epoch 0/],
    ['a smaller quorum', { ...four.file, epochs: [{ ...set, quorum: 1 }] }, /epoch 0/],
    ['other voters', { ...four.file, epochs: testGroup(5).file.epochs }, /epoch 0/],
    ['a broken later epoch', { ...four.file, epochs: [set, { ...set, epoch: 1 }] }, /epoch 1/],
    [
      'a tolerance beyond its voters',
      { ...four.file, epochs: [set, { ...set, epoch: 1, faultTolerance: 2 }] },
      /epoch 1/
    ]
  ])('%s', (_, file, reason) => {
    expect(reasonOf(record, file)).toMatch(reason)
  })
})
