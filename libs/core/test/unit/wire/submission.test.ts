import { describe, expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import {
  LIMITS,
  SUBMISSION_KIND,
  decodeSubmission,
  encodeCbor,
  encodeSubmission,
  entryDigest,
  merkleLeaf,
  utf8
} from '../../../src/index.ts'
import { envelopeOf } from '../../support/fake-signing.ts'

const draft = { kind: 'record', body: utf8('x') }
const read = (body: CborValue, kind = SUBMISSION_KIND) => decodeSubmission(envelopeOf('alice', kind, body))

describe('submissions (W30)', () => {
  it('give each entry its author, counter, place and digest', () => {
    const submission = read(encodeSubmission(5, [draft, draft]))
    expect(submission).toMatchObject({ author: 'alice', counter: 5 })
    expect(submission?.entries).toEqual([0, 1].map(index => placed(index)))
  })

  it('give equal drafts different digests (W32)', () => {
    expect(placed(0).digest).not.toBe(placed(1).digest)
  })

  it('digest an entry as the leaf of its five fields (W32)', () => {
    expect(placed(1).digest).toBe(merkleLeaf(encodeCbor(['alice', 5, 1, 'record', utf8('x')])))
  })

  it('hold up to 1024 entries', () => {
    const entries = (count: number): CborValue =>
      encodeSubmission(
        1,
        Array.from({ length: count }, () => draft)
      )
    expect(read(entries(LIMITS.entriesPerSubmissionMax))?.entries).toHaveLength(1024)
    expect(read(entries(LIMITS.entriesPerSubmissionMax + 1))).toBeUndefined()
  })

  it.each<[string, CborValue]>([
    ['no entries', [1, []]],
    ['a negative counter', [-1, [['k', utf8('x')]]]],
    ['an entry without a kind', [1, [['', utf8('x')]]]],
    ['an entry with a long kind', [1, [['k'.repeat(65), utf8('x')]]]],
    ['an entry whose body is text', [1, [['k', 'x']]]],
    ['an entry with a field more', [1, [['k', utf8('x'), 0]]]],
    ['a large entry', [1, [['k', new Uint8Array(LIMITS.entryBytesMax + 1)]]]],
    ['nothing', null]
  ])('are refused with %s', (_, body) => {
    expect(read(body)).toBeUndefined()
  })

  it('are refused under another kind', () => {
    expect(read(encodeSubmission(1, [draft]), 'ballot')).toBeUndefined()
  })
})

const placed = (index: number) => {
  const entry = { ...draft, author: 'alice', counter: 5, index }
  return { ...entry, digest: entryDigest(entry) }
}
