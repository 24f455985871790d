import { describe, expect, it } from 'vitest'
import type { Submission } from '@quorate/contracts'
import {
  EMPTY_ROOT,
  batchLeaves,
  createBatch,
  decodeHeader,
  decodeSubmission,
  encodeCbor,
  encodeHeader,
  encodeSubmission,
  headerDigest,
  headerFits,
  merkleRoot,
  sha256,
  utf8
} from '../../../src/index.ts'
import { envelopeOf } from '../../support/fake-signing.ts'

const submissionOf = (author: string, entries: number): Submission => {
  const drafts = Array.from({ length: entries }, (_, i) => ({ kind: 'record', body: utf8(`${i}`) }))
  const submission = decodeSubmission(envelopeOf(author, 'submission', encodeSubmission(1, drafts)))
  if (!submission) throw new Error('malformed')
  return submission
}

const place = { seq: 7, parent: 'ab'.repeat(32), base: 40, time: 1_700_000_000_000 }
const submissions = [submissionOf('alice', 2), submissionOf('bob', 1)]
const batch = createBatch(place, submissions)

describe('batches (W50)', () => {
  it('commit to their entries in order', () => {
    expect(batch.header).toMatchObject({ ...place, count: 3, root: merkleRoot(batchLeaves(submissions)) })
    expect(createBatch(place, submissions.toReversed()).header.root).not.toBe(batch.header.root)
  })

  it('are named by the hash of their header (W51)', () => {
    expect(batch.digest).toBe(sha256(encodeHeader(batch.header)))
    expect(headerDigest(batch.header)).toBe(batch.digest)
  })

  it('have headers that are read as they were written', () => {
    expect(decodeHeader(encodeHeader(batch.header))).toEqual(batch.header)
  })

  it('may be empty', () => {
    expect(createBatch(place, []).header).toMatchObject({ count: 0, root: EMPTY_ROOT })
  })

  it('fit their header only', () => {
    expect(headerFits(batch.header, submissions)).toBe(true)
    expect(headerFits({ ...batch.header, count: 2 }, submissions)).toBe(false)
    expect(headerFits(batch.header, submissions.slice(1))).toBe(false)
    expect(headerFits(batch.header, submissions.toReversed())).toBe(false)
  })

  it.each([[[]], [[7]], [[7, new Uint8Array(31), 40, 1, 3, new Uint8Array(32)]], [['7']], [null]])(
    'have no header of the form %j',
    value => {
      expect(decodeHeader(encodeCbor(value))).toBeUndefined()
    }
  )
})
