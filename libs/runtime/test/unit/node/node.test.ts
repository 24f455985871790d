import { expect, it } from 'vitest'
import { sha256, utf8 } from '@quorate/core'
import { createKeyedSigning } from '@quorate/test-support'
import { createNode } from '../../../src/node/node.ts'
import { createMachine, notify, persist } from '../../support/machines.ts'
import { createClock, createStore, createTransport, type Calls } from '../../support/ports.ts'

const setUp = () => {
  const calls: Calls = []
  const clock = createClock()
  const machine = createMachine('m')
  machine.answer = () => [persist('a'), notify('told'), notify('passing', false)]
  const node = createNode({
    machines: [machine],
    signing: createKeyedSigning(sha256(utf8('group')), 'self'),
    store: createStore(calls),
    transport: createTransport(calls),
    clock,
    isMember: () => true,
    onFatal: error => {
      throw error as Error
    }
  })
  node.start()
  const tell = (): void => {
    node.command({ name: 'm.do', payload: {} })
    clock.run()
  }
  return { node, tell, calls }
}

it('tells every subscriber every event, until it ends its subscription', () => {
  const { node, tell } = setUp()
  const heard: string[] = []
  const end = node.subscribe(({ type, cursor }) => void heard.push(`${type} ${cursor}`))
  tell()
  end()
  tell()
  expect(heard).toEqual(['told 1', 'passing null'])
})

it('drops a subscriber that throws, and goes on', () => {
  const { node, tell } = setUp()
  const heard: string[] = []
  node.subscribe(() => {
    throw new Error('a bad listener')
  })
  node.subscribe(({ type }) => void heard.push(type))
  tell()
  tell()
  expect(heard).toEqual(['told', 'passing', 'told', 'passing'])
})

it('tells of an event only when it can be read again by its cursor', () => {
  const { node, tell } = setUp()
  const readable: boolean[] = []
  node.subscribe(({ cursor }) => {
    if (cursor !== null) readable.push(node.events.since(cursor - 1, 1).events.length === 1)
  })
  tell()
  expect(readable).toEqual([true])
})

it('counts what was refused, by code', () => {
  const { node } = setUp()
  node.frame(utf8('garbage'), 'peer-2')
  node.frame(utf8('more garbage'), 'peer-2')
  expect(node.counters()).toEqual({ 'frame-malformed': 2 })
})
