import { describe, expect, it } from 'vitest'
import { InvariantError } from '@quorate/contracts'
import { createRouter } from '../../../src/node/router.ts'
import { createMachine, notify, route } from '../../support/machines.ts'

const command = (name: string) => ({
  machine: name.split('.')[0] as string,
  input: { type: 'command', command: { name, payload: {} } } as const
})

describe('the router', () => {
  it('hands commands on until only effects for the world are left', () => {
    const [a, b] = [createMachine('a'), createMachine('b')]
    a.answer = () => [route('b.do'), notify('from a')]
    b.answer = () => [notify('from b')]
    const external = createRouter([a, b]).step(command('a.do'), 0)
    expect(external).toEqual([
      { machine: 'a', effect: notify('from a') },
      { machine: 'b', effect: notify('from b') }
    ])
  })

  it('starts every machine before any of them hears of another', () => {
    const order: string[] = []
    const a = createMachine('a', {
      start: () => {
        order.push('a starts')
        return [route('b.do')]
      }
    })
    const b = createMachine('b', {
      start: () => {
        order.push('b starts')
        return []
      }
    })
    b.answer = () => {
      order.push('b hears of a')
      return []
    }
    createRouter([a, b]).start(0)
    expect(order).toEqual(['a starts', 'b starts', 'b hears of a'])
  })

  it('tells ledger events to those who listen to that type', () => {
    const [a, b, c] = [
      createMachine('a'),
      createMachine('b', { ledgerEvents: ['decided'] }),
      createMachine('c', { ledgerEvents: ['other'] })
    ]
    a.answer = () => [route('ledger.event', { type: 'decided' })]
    createRouter([a, b, c]).step(command('a.do'), 0)
    expect([b.inputs.length, c.inputs.length]).toEqual([1, 0])
  })

  it('tells the outcome of a submission to the machine that its token names, if there is one', () => {
    const [a, b] = [createMachine('a'), createMachine('b')]
    a.answer = () => [
      route('submission.executed', { token: 'b:1' }),
      route('submission.refused', { token: 'nobody:1' })
    ]
    createRouter([a, b]).step(command('a.do'), 0)
    expect(b.inputs).toHaveLength(1)
  })

  it.each([
    ['a command that nobody answers', () => createRouter([createMachine('a')]).step(command('b.do'), 0)],
    ['two machines of one name', () => createRouter([createMachine('a'), createMachine('a')])],
    [
      'a loop',
      () => {
        const a = createMachine('a')
        a.answer = () => [route('a.do')]
        createRouter([a]).step(command('a.do'), 0)
      }
    ]
  ])('stops on %s: a bug', (_, work) => {
    expect(work).toThrow(InvariantError)
  })
})
