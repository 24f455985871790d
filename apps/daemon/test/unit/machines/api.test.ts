import type { Effect, Machine, MachineInit } from '@quorate/contracts'
import { describe, expect, it } from 'vitest'
import { agentOfToken, hashToken } from '../../../src/machines/agent-tokens.ts'
import { apiFactory, type OnceRequest } from '../../../src/machines/api.ts'
import { ONCE_KEPT_MS, ONCE_SPACE } from '../../../src/machines/once-book.ts'
import { createMemoryStore, type MemoryStore } from '../../support/memory-store.ts'

const request = 'aa'.repeat(32)

const open = (store: MemoryStore = createMemoryStore()) => {
  const machine: Machine = apiFactory.create({ store } as unknown as MachineInit)
  const step = (name: string, payload: unknown, now = 0): readonly Effect[] => {
    const effects = machine.step({ type: 'command', command: { name, payload } }, now)
    store.persist(effects)
    return effects
  }
  const once = (change: Partial<OnceRequest> = {}, now = 0): readonly Effect[] =>
    step(
      'api.once',
      { key: 'k', request, id: 'made', command: { name: 'x.y', payload: 1 }, token: 't', ...change },
      now
    )
  const forget = (now: number): void => store.persist(machine.step({ type: 'timer', timer: 'forget' }, now))
  return { store, machine, step, once, forget }
}

const reply = (data: object): Effect => ({
  type: 'notify',
  event: { type: 'reply', durable: false, data: data as never }
})

const routed = (effects: readonly Effect[]): unknown[] =>
  effects.flatMap(effect => (effect.type === 'route' ? [effect.command] : []))

describe('an idempotency key', () => {
  it('is remembered in the transaction that carries the command out, and answers the second time', () => {
    const { once, store } = open()
    expect(once().map(({ type }) => type)).toEqual(['persist', 'route'])
    expect(once()).toEqual([reply({ token: 't', ok: true, id: 'made', repeated: true })])
    expect(open(store).once({ id: 'another' })).toEqual([
      reply({ token: 't', ok: true, id: 'made', repeated: true })
    ])
  })

  it('answers twice within one batch, before anything is on disk', () => {
    const { machine } = open()
    const payload: OnceRequest = {
      key: 'k',
      request,
      id: 'made',
      command: { name: 'x.y', payload: 1 },
      token: 't'
    }
    const input = { type: 'command', command: { name: 'api.once', payload } } as const
    expect([routed(machine.step(input, 0)).length, routed(machine.step(input, 0)).length]).toEqual([1, 0])
  })

  it('is refused for another request', () => {
    const { once } = open()
    once()
    expect(once({ request: 'bb'.repeat(32) })).toEqual([reply({ token: 't', ok: false, code: 'key-reused' })])
  })

  it('is free again when its command came to nothing', () => {
    const { once, step } = open()
    once()
    step('api.forget', { key: 'k' })
    expect(routed(once())).toHaveLength(1)
  })

  it('is free again after a day, and forgotten on disk', () => {
    const { once, forget, store } = open()
    once({ key: 'old' }, 0)
    once({ key: 'new' }, ONCE_KEPT_MS)
    forget(ONCE_KEPT_MS + 1)
    expect(store.range(ONCE_SPACE).map(({ key }) => key)).toEqual(['new'])
    expect(routed(once({ key: 'old' }, ONCE_KEPT_MS + 2))).toHaveLength(1)
  })

  it('of an entry is pending until the entry is ordered, and then names its digest', () => {
    const { once, step } = open()
    once({ id: null, token: 'api:1' })
    expect(once({ id: null, token: 'api:2' })).toEqual([
      reply({ token: 'api:2', ok: false, code: 'key-pending' })
    ])
    step('submission.executed', { token: 'api:1', sequence: 3, digests: ['digest'] })
    expect(once({ id: null, token: 'api:3' })).toEqual([
      reply({ token: 'api:3', ok: true, id: 'digest', repeated: true })
    ])
  })

  it('of an entry is free again when the entry is refused', () => {
    const { once, step } = open()
    once({ id: null, token: 'api:1' })
    step('submission.refused', { token: 'api:1', code: 'pool-full' })
    expect(routed(once({ id: null, token: 'api:2' }))).toHaveLength(1)
  })
})

describe("an agent's token", () => {
  it('is found by its hash and kept as nothing else', () => {
    const { step, store } = open()
    expect(step('api.issue', { agent: 'alpha', hash: hashToken('secret'), token: 't' }).at(-1)).toEqual(
      reply({ token: 't', ok: true })
    )
    expect([agentOfToken(store, 'secret'), agentOfToken(store, 'guess')]).toEqual(['alpha', undefined])
  })

  it('ends when the agent gets another', () => {
    const { step, store } = open()
    step('api.issue', { agent: 'alpha', hash: hashToken('first'), token: 't' })
    step('api.issue', { agent: 'alpha', hash: hashToken('second'), token: 't' })
    expect([agentOfToken(store, 'first'), agentOfToken(store, 'second')]).toEqual([undefined, 'alpha'])
  })
})
