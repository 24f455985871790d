import { describe, expect, it } from 'vitest'
import { ACCEPT, InvariantError, ignore, reject, type Batch } from '@quorate/contracts'
import { LIMITS, createBatch } from '@quorate/core'
import { DEDUPE_WINDOW } from '../../src/index.ts'
import { GROUP_ID, LIMITS_OPEN, START_MS, note, openLedger, submission } from '../support/group.ts'

const batchOn = (parent: Batch | undefined, texts: readonly string[], counter: number): Batch => {
  const place = parent
    ? { seq: parent.header.seq + 1, parent: parent.digest, base: parent.header.base + parent.header.count }
    : { seq: 1, parent: GROUP_ID, base: 0 }
  return createBatch({ ...place, time: START_MS }, [submission(1, counter, ...texts.map(note))])
}

describe('propose', () => {
  it('takes candidates in order, numbers them on, and leaves out what is not valid', () => {
    const { application } = openLedger()
    const good = submission(1, 1, note('a=1'), note('b=2'))
    const bad = submission(2, 1, note('bad'))
    const later = submission(3, 1, note('later'))
    const more = submission(4, 1, note('c=3'))
    const { batch, refused } = application.propose(GROUP_ID, [good, bad, later, more], LIMITS_OPEN)
    expect(batch?.header).toMatchObject({ seq: 1, parent: GROUP_ID, base: 0, count: 3, time: START_MS })
    expect(batch?.submissions.map(({ author }) => author)).toEqual(['peer-1', 'peer-4'])
    expect(refused).toEqual([{ submission: bad, code: 'note-bad' }])
  })

  it('makes no batch when nothing is valid', () => {
    const { application } = openLedger()
    expect(
      application.propose(GROUP_ID, [submission(1, 1, note('later'))], LIMITS_OPEN).batch
    ).toBeUndefined()
  })

  it('stays within the limits, but takes a large first one alone (C21)', () => {
    const { application } = openLedger()
    const [two, one] = [submission(1, 1, note('a=1'), note('b=1')), submission(2, 1, note('c=1'))]
    const limits = { ...LIMITS_OPEN, entriesMax: 2 }
    expect(application.propose(GROUP_ID, [two, one], limits).batch?.submissions).toEqual([two])
    expect(
      application.propose(GROUP_ID, [two, one], { ...limits, entriesMax: 1 }).batch?.submissions
    ).toEqual([two])
    expect(
      application.propose(GROUP_ID, [two, one], { ...LIMITS_OPEN, bytesMax: 10 }).batch?.submissions
    ).toEqual([two])
  })

  it('takes no more submissions than a message that proposes them may hold (C21)', () => {
    const { application } = openLedger()
    const many = Array.from({ length: 1_100 }, (_, i) => submission(1 + (i % 2), 1 + (i >> 1), note('k=v')))
    const { batch } = application.propose(GROUP_ID, many, LIMITS_OPEN)
    expect(batch?.submissions).toHaveLength(LIMITS.submissionsPerBatchMax)
  })

  it('never lets agreed time go back (C23)', () => {
    const { application } = openLedger()
    const { batch } = application.propose(GROUP_ID, [submission(1, 1, note('a=1'))], {
      ...LIMITS_OPEN,
      time: START_MS - 5_000
    })
    expect(batch?.header.time).toBe(START_MS)
  })

  it('knows nothing to propose on a parent that it does not know', () => {
    const { application } = openLedger()
    const unknown = batchOn(undefined, ['x=1'], 9).digest
    expect(application.propose(unknown, [submission(1, 1, note('a=1'))], LIMITS_OPEN)).toEqual({
      batch: undefined,
      refused: []
    })
  })
})

describe('check', () => {
  it('accepts a valid chain on state that is not decided yet (C22)', () => {
    const { application } = openLedger()
    const first = batchOn(undefined, ['a=1'], 1)
    const second = batchOn(first, ['b=1'], 2)
    expect(application.check(second)).toEqual(ignore('batch-parent-unknown'))
    expect([first, second].map(batch => application.check(batch))).toEqual([ACCEPT, ACCEPT])
    expect(application.check(first)).toEqual(ACCEPT)
  })

  const good = batchOn(undefined, ['a=1'], 1)
  it.each([
    ['an empty one', createBatch({ seq: 1, parent: GROUP_ID, base: 0, time: START_MS }, []), 'batch-empty'],
    ['a wrong number', { ...good, header: { ...good.header, seq: 2 } }, 'batch-seq-wrong'],
    ['a wrong base', { ...good, header: { ...good.header, base: 1 } }, 'batch-base-wrong'],
    ['a time before the parent', { ...good, header: { ...good.header, time: 1 } }, 'batch-time-goes-back'],
    ['a digest of another header', { ...good, digest: GROUP_ID }, 'batch-digest-wrong'],
    ['other entries', { ...good, submissions: [submission(1, 7, note('b=1'))] }, 'batch-digest-wrong'],
    ['an entry that is not valid', batchOn(undefined, ['bad'], 1), 'note-bad'],
    ['an entry that is too early', batchOn(undefined, ['later'], 1), 'note-too-early'],
    ['an entry of no module', kindBatch(), 'entry-kind-unknown'],
    ['one submission twice', twice(), 'submission-executed']
  ])('rejects %s (C22)', (_, batch, code) => {
    expect(openLedger().application.check(batch)).toEqual(reject(code))
  })

  function kindBatch(): Batch {
    const odd = submission(1, 1, { kind: 'odd', body: new Uint8Array() })
    return createBatch({ seq: 1, parent: GROUP_ID, base: 0, time: START_MS }, [odd])
  }

  function twice(): Batch {
    const once = submission(1, 1, note('a=1'))
    return createBatch({ seq: 1, parent: GROUP_ID, base: 0, time: START_MS }, [once, once])
  }

  it('rejects several entries in one submission of which one may not be in bulk', () => {
    const mixed = submission(1, 1, note('a=1'), { kind: 'name', body: new Uint8Array() })
    const batch = createBatch({ seq: 1, parent: GROUP_ID, base: 0, time: START_MS }, [mixed])
    expect(openLedger().application.check(batch)).toEqual(reject('entry-kind-not-bulk'))
  })
})

describe('commit', () => {
  it('makes the writes of a batch, and only of that, permanent', () => {
    const ledger = openLedger()
    const first = batchOn(undefined, ['a=1'], 1)
    const second = batchOn(first, ['a=', 'b=2'], 2)
    for (const batch of [first, second]) ledger.application.check(batch)
    ledger.execute(first)
    expect(ledger.state.module('notes').range('')).toEqual([['a', '1']])
    ledger.execute(second)
    expect(ledger.state.module('notes').range('')).toEqual([['b', '2']])
    expect(ledger.application.head()).toMatchObject({ seq: 2, digest: second.digest, entries: 3 })
  })

  it('executes a batch that was not checked before', () => {
    const ledger = openLedger()
    ledger.execute(batchOn(undefined, ['a=1'], 1))
    expect(ledger.state.module('notes').get('a')).toBe('1')
  })

  it('stops on a batch that does not follow, or is not valid: a bug, or more liars than there may be', () => {
    const ledger = openLedger()
    const first = batchOn(undefined, ['a=1'], 1)
    expect(() => ledger.execute(batchOn(first, ['b=1'], 2))).toThrow(InvariantError)
    expect(() => ledger.execute(batchOn(undefined, ['bad'], 1))).toThrow(InvariantError)
  })

  it('drops the branch that was not decided', () => {
    const ledger = openLedger()
    const [chosen, other] = [batchOn(undefined, ['a=1'], 1), batchOn(undefined, ['a=2'], 2)]
    const child = batchOn(other, ['b=1'], 3)
    for (const batch of [chosen, other, child]) expect(ledger.application.check(batch)).toEqual(ACCEPT)
    ledger.execute(chosen)
    expect(ledger.application.check(batchOn(child, ['c=1'], 4))).toEqual(ignore('batch-parent-unknown'))
  })

  it('keeps no layer alive over 10,000 pipelined batches', () => {
    const ledger = openLedger()
    const { application } = ledger
    const flying: Batch[] = []
    let tip = application.head().digest
    for (let i = 1; i <= 10_000; i++) {
      const candidate = submission(1, i, note(`k${i % 7}=${i}`))
      const { batch } = application.propose(tip, [candidate], LIMITS_OPEN)
      if (!batch) throw new Error('nothing was proposed')
      tip = batch.digest
      flying.push(batch)
      if (flying.length === 8) ledger.execute(flying.shift() as Batch)
    }
    for (const batch of flying) ledger.execute(batch)
    // A chain of 10,000 layers would overflow the stack here, and take a second for each read.
    const began = performance.now()
    for (let i = 0; i < 1_000; i++) expect(ledger.state.module('notes').get('k1')).toBeDefined()
    expect(performance.now() - began).toBeLessThan(500)
    expect(application.head()).toMatchObject({ seq: 10_000, entries: 10_000 })
    expect(ledger.state.module('notes').range('').length).toBe(7)
  })
})

describe('forget', () => {
  it('drops everything that is not decided, and nothing else', () => {
    const ledger = openLedger()
    ledger.execute(batchOn(undefined, ['a=1'], 1))
    const { application } = ledger
    const next = application.propose(application.head().digest, [submission(1, 2, note('b=1'))], LIMITS_OPEN)
    application.forget()
    const child = application.propose(next.batch?.digest ?? '', [submission(1, 3, note('c=1'))], LIMITS_OPEN)
    expect(child.batch).toBeUndefined()
    expect(ledger.state.module('notes').get('a')).toBe('1')
  })
})

describe('judge and isExecuted', () => {
  it('look at the executed state, and change nothing', () => {
    const ledger = openLedger()
    const once = submission(1, 1, note('a=1'))
    expect(ledger.application.judge(once, START_MS)).toEqual(ACCEPT)
    expect(ledger.application.isExecuted(once)).toBe(false)
    ledger.decide([once])
    expect(ledger.application.judge(once, START_MS)).toEqual(reject('submission-executed'))
    expect(ledger.application.isExecuted(once)).toBe(true)
    expect(ledger.application.isExecuted({ author: 'peer-1', counter: 2 })).toBe(false)
  })

  it('count a counter that is too old to tell as executed (C12)', () => {
    const ledger = openLedger()
    ledger.decide([submission(1, 1 + DEDUPE_WINDOW, note('a=1'))])
    expect(ledger.application.isExecuted({ author: 'peer-1', counter: 1 })).toBe(true)
    expect(ledger.application.isExecuted({ author: 'peer-1', counter: 2 })).toBe(false)
  })
})
