import { describe, expect, it } from 'vitest'
import type { NodeEvent } from '@quorate/contracts'
import { EVENTS_KEPT, createEventLog } from '../../../src/node/event-log.ts'
import { createStore } from '../../support/ports.ts'

const event = (type: string, durable = true): NodeEvent => ({ type, durable, data: { about: type } })

const filled = (count: number) => {
  const store = createStore()
  const log = createEventLog(store)
  for (let i = 1; i <= count; i++) store.commit(log.append([event(`e${i}`)], i).ops)
  return { store, log }
}

describe('the event log', () => {
  it('numbers durable events from 1 without gaps, and leaves the others without a number', () => {
    const store = createStore()
    const { logged } = createEventLog(store).append([event('a'), event('b', false), event('c')], 5)
    expect(logged.map(({ cursor }) => cursor)).toEqual([1, null, 2])
  })

  it('goes on where it was after a restart', () => {
    const { store } = filled(3)
    const log = createEventLog(store)
    expect(log.last()).toBe(3)
    expect(log.append([event('next')], 9).logged[0]?.cursor).toBe(4)
  })

  it('gives what came after a cursor, oldest first, as many as asked for', () => {
    const { log } = filled(10)
    const { events, gap } = log.since(4, 3)
    expect(events.map(({ cursor, type, atMs }) => [cursor, type, atMs])).toEqual([
      [5, 'e5', 5],
      [6, 'e6', 6],
      [7, 'e7', 7]
    ])
    expect(gap).toBe(false)
    expect(log.since(10, 3)).toEqual({ events: [], gap: false })
  })

  it('tells a subscriber that comes too late that something is missing', () => {
    const { log } = filled(EVENTS_KEPT + 2_000)
    expect(log.since(0, 1)).toMatchObject({ gap: true })
    const first = log.since(0, 1).events[0]?.cursor ?? 0
    expect(first).toBeGreaterThan(1_000)
    expect(log.since(first - 1, 1)).toMatchObject({ gap: false, events: [{ cursor: first }] })
  })

  it('tells a subscriber that comes from another log, whose numbers are higher', () => {
    const { log } = filled(3)
    expect(log.since(99, 1)).toEqual({ events: [], gap: true })
  })
})
