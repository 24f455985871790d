import { createMemoryStore } from '@quorate/test-support'
import { describe, expect, it } from 'vitest'
import { createStateLayer, stateDigest } from '../../src/index.ts'
import { GROUP_ID, START_MS, name, note, openLedger, record, submission } from '../support/group.ts'

const filled = () => {
  const store = createMemoryStore()
  const ledger = openLedger(store)
  for (let i = 1; i <= 5; i++)
    ledger.decide([submission(1, i, note(`k${i}=${i}`)), submission(2, i, record(`r${i}`))])
  ledger.decide([submission(3, 1, note('k1='), note('k2=new'))])
  return { store, ledger }
}

describe('a ledger that is opened again', () => {
  it('stands where it stood: head, state, dedupe, members', () => {
    const { store, ledger } = filled()
    const again = openLedger(store)
    expect(again.application.head()).toEqual(ledger.application.head())
    for (const module of ['notes', 'dedupe', 'membership'])
      expect(again.state.module(module).range('')).toEqual(ledger.state.module(module).range(''))
    expect(again.application.isExecuted({ author: 'peer-1', counter: 5 })).toBe(true)
    expect(again.state.module('notes').get('k1')).toBeUndefined()
  })

  it('goes on from there, to the same digest as one that was not closed', () => {
    const { store, ledger } = filled()
    const again = openLedger(store)
    const next = again.application.propose(
      again.application.head().digest,
      [submission(4, 1, note('end=1'))],
      { time: START_MS, entriesMax: 10, bytesMax: 10_000 }
    ).batch
    if (!next) throw new Error('nothing was proposed')
    const digests = [again, ledger].map(one => {
      const told = one.execute(next, true).find(effect => effect.type === 'route')
      return told?.type === 'route'
        ? (told.command.payload as { stateDigest: string }).stateDigest
        : undefined
    })
    expect(digests[0]).toBeDefined()
    expect(digests[0]).toBe(digests[1])
  })

  it('is founded once', () => {
    const store = createMemoryStore()
    openLedger(store)
    expect(openLedger(store).machine.start(START_MS)).toEqual([])
  })
})

describe('history', () => {
  it('gives every batch back as it was, with its certificate', () => {
    const { ledger } = filled()
    const found = ledger.history.batch(6)
    expect(found?.batch.digest).toBe(ledger.application.head().digest)
    expect(found?.batch.submissions[0]?.entries.map(({ index }) => index)).toEqual([0, 1])
    expect(found?.certificate).toEqual({ view: 0, epoch: 0, votes: [new Uint8Array([1])] })
    expect([ledger.history.batch(0), ledger.history.batch(7)]).toEqual([undefined, undefined])
  })

  it('gives a batch as it is stored, for who only hands it on', () => {
    const { ledger } = filled()
    const raw = ledger.history.raw(2)
    const opened = ledger.history.batch(2)
    expect(raw?.submissions).toEqual(opened?.batch.submissions.map(({ frame }) => frame))
    expect(raw?.certificate).toEqual(opened?.certificate)
    expect(ledger.history.raw(99)).toBeUndefined()
  })

  it('numbers entries through, across batches', () => {
    const { ledger } = filled()
    const all = ledger.history.entries(0, 100)
    expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(ledger.history.entries(5, 3).map(({ sequence }) => sequence)).toEqual([6, 7, 8])
    expect(ledger.history.entry(12)?.entry.index).toBe(1)
    expect(ledger.history.entry(13)).toBeUndefined()
    expect(ledger.history.batchOf(11)?.batch.header.seq).toBe(6)
    expect(ledger.history.batchOf(13)).toBeUndefined()
  })

  it('finds every entry by its id, alone or in bulk', () => {
    const { ledger } = filled()
    for (const { id, sequence } of ledger.history.entries(0, 100))
      expect(ledger.history.find(id)).toBe(sequence)
    expect(ledger.history.find(GROUP_ID)).toBeUndefined()
  })

  it('finds entries in bulk also beside one whose id is no digest', () => {
    const ledger = openLedger()
    ledger.decide([submission(1, 1, name('agent')), submission(2, 1, record('a'), record('b'))])
    const entries = ledger.history.entries(0, 10)
    expect(entries.map(({ id }) => ledger.history.find(id))).toEqual([1, 2, 3])
  })
})

describe('the digest of the state', () => {
  const layerOf = (rows: readonly (readonly [string, string, number])[]) => {
    const layer = createStateLayer()
    for (const [module, key, value] of rows) layer.writer(module).put(key, value)
    return layer
  }

  it('does not depend on the order of the writes (C100)', () => {
    const rows = [
      ['a', 'x', 1],
      ['a', 'y', 2],
      ['b', 'x', 3]
    ] as const
    expect(stateDigest(layerOf(rows))).toBe(stateDigest(layerOf(rows.toReversed())))
  })

  it('changes with every key, value and module (C100)', () => {
    const digests = [[['a', 'x', 1]], [['a', 'x', 2]], [['a', 'y', 1]], [['b', 'x', 1]], []].map(rows =>
      stateDigest(layerOf(rows as [string, string, number][]))
    )
    expect(new Set(digests).size).toBe(5)
  })

  it('is given when it is asked for, and only then', () => {
    const told = (checkpoint: boolean) => {
      const ledger = openLedger()
      const batch = ledger.application.propose(GROUP_ID, [submission(1, 1, note('a=1'))], {
        time: START_MS,
        entriesMax: 1,
        bytesMax: 10_000
      }).batch
      const effects = batch ? ledger.execute(batch, checkpoint) : []
      const executed = effects.find(effect => effect.type === 'route')
      return executed?.type === 'route'
        ? (executed.command.payload as { stateDigest: string | undefined }).stateDigest
        : 'nothing'
    }
    expect(told(false)).toBeUndefined()
    expect(told(true)).toMatch(/^[0-9a-f]{64}$/)
  })
})
