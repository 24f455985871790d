import { describe, expect, it } from 'vitest'
import type { Effect, Store } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'
import { createKeyedSigning, createMemoryStore } from '@quorate/test-support'
import { POOL_BYTES_MAX, POOL_PER_AUTHOR_MAX } from '../../../src/pool/pending.ts'
import { createPool, type Pool } from '../../../src/pool/pool.ts'
import { GROUP_ID, recordDraft, submissionOf } from '../../support/bench.ts'

const SELF = createKeyedSigning(GROUP_ID, 'peer-1')
const OTHER = createKeyedSigning(GROUP_ID, 'peer-2')
const THIRD = createKeyedSigning(GROUP_ID, 'peer-3')
const ROOM = { entriesMax: 1_000_000, bytesMax: 1_000_000_000 }

const persist = (store: Store, effects: readonly Effect[]): void =>
  store.commit(effects.flatMap(effect => (effect.type === 'persist' ? effect.ops : [])))

const submitted = (pool: Pool, statement: string, at = 0) => {
  const result = pool.submit({ drafts: [recordDraft(statement)], token: `test:${statement}` }, at)
  if ('code' in result) throw new Error(result.code)
  return result
}

const codeOf = (pool: Pool, statement: string): string | undefined => {
  const result = pool.submit({ drafts: [recordDraft(statement)], token: 'test' }, 0)
  return 'code' in result ? result.code : undefined
}

/** Eight kilobytes of statement, a hundred times: nearly a megabyte. */
const large = (signing = OTHER, counter = 1) =>
  submissionOf(signing, counter, ...Array.from({ length: 120 }, () => 'x'.repeat(8_000)))

describe('own submissions', () => {
  it('survive a restart, with counters that are never used twice (C92)', () => {
    const store = createMemoryStore()
    const before = createPool(store, SELF)
    const first = submitted(before, 'first')
    persist(store, first.effects)
    const after = createPool(store, SELF)
    expect(after.own().map(({ submission }) => submission.digest)).toEqual([first.submission.digest])
    expect(submitted(after, 'second').submission.counter).toBeGreaterThan(first.submission.counter)
  })

  it('have counters on the disk before they are used, also across many (C92)', () => {
    const store = createMemoryStore()
    const used = new Set<number>()
    for (let run = 0; run < 5; run++) {
      const pool = createPool(store, SELF)
      for (let i = 0; i < 40; i++) {
        const { submission, effects } = submitted(pool, `${run}/${i}`)
        expect(used.has(submission.counter)).toBe(false)
        used.add(submission.counter)
        // Of what is lazy, nothing reaches the disk in this run.
        persist(
          store,
          effects.filter(effect => effect.type === 'persist' && effect.lazy === undefined)
        )
      }
    }
    expect(used.size).toBe(200)
  })

  it('are gone from the disk when they are settled, and their token hears of it', () => {
    const store = createMemoryStore()
    const pool = createPool(store, SELF)
    const { submission, effects } = submitted(pool, 'settled')
    persist(store, effects)
    const outcome = pool.executed(submission, 7)
    persist(store, outcome)
    expect(store.range('pool/own')).toEqual([])
    expect(outcome).toContainEqual({
      type: 'route',
      command: {
        name: 'submission.executed',
        payload: {
          token: 'test:settled',
          sequence: 7,
          digests: submission.entries.map(({ digest }) => digest)
        }
      }
    })
    expect(pool.executed(submission, 7)).toEqual([])
  })

  it('never span more counters than are told apart, or a late one would count as executed (C13)', () => {
    const pool = createPool(createMemoryStore(), SELF)
    const first = submitted(pool, 'stays')
    for (let i = 2; i <= LIMITS.submissionWindow; i++) pool.executed(submitted(pool, `${i}`).submission, i)
    expect(codeOf(pool, 'too far')).toBe('pool-full')
    pool.executed(first.submission, 1)
    expect(codeOf(pool, 'fits again')).toBeUndefined()
  })

  it('that are too large are refused', () => {
    const pool = createPool(createMemoryStore(), SELF)
    const drafts = [1, 2].map(() => ({ kind: 'record', body: new Uint8Array(LIMITS.entryBytesMax) }))
    expect(pool.submit({ drafts, token: 'test' }, 0)).toEqual({ code: 'submission-too-large' })
    expect(pool.size).toBe(0)
  })
})

describe('a full pool', () => {
  it('keeps the newest of an author, and leaves everybody else alone (C14)', () => {
    const pool = createPool(createMemoryStore(), SELF)
    const innocent = submissionOf(THIRD, 1, 'innocent')
    pool.add(innocent, 0)
    for (let i = 1; i <= POOL_PER_AUTHOR_MAX + 10; i++) pool.add(submissionOf(OTHER, i, 'flood'), 0)
    const counters = pool.snapshot().map(({ submission }) => submission.counter)
    expect(pool.size).toBe(POOL_PER_AUTHOR_MAX + 1)
    expect(Math.min(...counters.slice(1))).toBe(11)
    expect(pool.get(innocent.digest)).toBeDefined()
  })

  it('makes room at the cost of who takes the most (C14)', () => {
    const pool = createPool(createMemoryStore(), SELF)
    for (const author of ['a', 'b', 'c', 'd', 'e']) {
      const signing = createKeyedSigning(GROUP_ID, author)
      for (let i = 1; i <= 17; i++) pool.add(large(signing, i), 0)
    }
    expect(pool.bytes).toBeLessThanOrEqual(POOL_BYTES_MAX)
    const mine = submitted(pool, 'mine').submission
    const small = submissionOf(THIRD, 1, 'small')
    expect(pool.add(small, 0)).toBe(true)
    expect([mine, small].map(({ digest }) => pool.get(digest) !== undefined)).toEqual([true, true])
    expect(pool.bytes).toBeLessThanOrEqual(POOL_BYTES_MAX)
  })

  it('never drops an own submission', () => {
    const pool = createPool(createMemoryStore(), SELF)
    const own = submitted(pool, 'own').submission
    for (let i = 1; i <= POOL_PER_AUTHOR_MAX + 10; i++) pool.add(submissionOf(OTHER, i, 'flood'), 0)
    expect(pool.get(own.digest)).toBeDefined()
  })

  it('takes nothing twice', () => {
    const pool = createPool(createMemoryStore(), SELF)
    const submission = submissionOf(OTHER, 1, 'once')
    expect([pool.add(submission, 0), pool.add(submission, 0)]).toEqual([true, false])
    expect(pool.bytes).toBe(submission.frame.length)
  })
})

describe('candidates', () => {
  const statements = (pool: Pool) => pool.candidates(ROOM).map(({ counter }) => counter)
  const filled = () => {
    const pool = createPool(createMemoryStore(), SELF)
    const all = [1, 2, 3, 4].map(counter => submissionOf(OTHER, counter, `${counter}`))
    for (const submission of all) pool.add(submission, counterTime(submission.counter))
    return { pool, all }
  }
  const counterTime = (counter: number): number => counter * 10

  it('come in the order of arrival, as many as a batch takes', () => {
    const { pool } = filled()
    expect(statements(pool)).toEqual([1, 2, 3, 4])
    expect(pool.candidates({ ...ROOM, entriesMax: 2 }).map(({ counter }) => counter)).toEqual([1, 2])
    expect(pool.ready()).toMatchObject({ entries: 4, since: 10 })
  })

  it('leave out what is in flight, until the view is over', () => {
    const { pool, all } = filled()
    pool.setInFlight(all[0]?.digest ?? '')
    pool.setInFlight(all[2]?.digest ?? '')
    expect(statements(pool)).toEqual([2, 4])
    expect(pool.ready()).toMatchObject({ entries: 2, since: 20 })
    pool.clearInFlight()
    expect(statements(pool)).toEqual([1, 2, 3, 4])
  })

  it('leave out what was tried in vain, for longer each time (C24)', () => {
    const { pool, all } = filled()
    const digest = all[0]?.digest ?? ''
    let now = 0
    const waits = [50, 100, 200, 400, 400].map(wait => {
      pool.setTried(digest, now)
      pool.retry(now + wait - 1)
      const before = statements(pool).includes(1)
      expect(pool.retryDue()).toBe(now + wait)
      now += wait
      pool.retry(now)
      return [before, statements(pool).includes(1)]
    })
    expect(waits.map(String)).toEqual(Array(5).fill('false,true'))
    expect(pool.retryDue()).toBeUndefined()
  })

  it('have what was tried a few times back when the state has changed (C24)', () => {
    const { pool, all } = filled()
    for (let round = 0; round < 4; round++) {
      pool.setTried(all[0]?.digest ?? '', 0)
      pool.retryFresh()
      expect(statements(pool)).toContain(1)
    }
    pool.setTried(all[0]?.digest ?? '', 0)
    pool.retryFresh()
    expect(statements(pool)).not.toContain(1)
  })

  it('have what was deferred last, waiting anew', () => {
    const { pool, all } = filled()
    pool.defer(all[0]?.digest ?? '', 99)
    expect(statements(pool)).toEqual([2, 3, 4, 1])
    expect(pool.oldest()?.submission.counter).toBe(2)
    expect(pool.snapshot().at(-1)?.since).toBe(99)
  })
})
