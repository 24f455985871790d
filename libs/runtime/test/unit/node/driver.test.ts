import { describe, expect, it } from 'vitest'
import { ACCEPT, QuorateError, ignore, type Effect } from '@quorate/contracts'
import { createDriver } from '../../../src/node/driver.ts'
import { createEventLog } from '../../../src/node/event-log.ts'
import { MAILBOX_BYTES_MAX, MAILBOX_MAX } from '../../../src/node/mailbox.ts'
import { createRouter } from '../../../src/node/router.ts'
import { createMachine, notify, persist, persistLazily, send } from '../../support/machines.ts'
import { createClock, createStore, createTransport, type Calls } from '../../support/ports.ts'

const setUp = (answers: readonly Effect[] = []) => {
  const calls: Calls = []
  const store = createStore(calls)
  const clock = createClock(calls)
  const machine = createMachine('m')
  machine.answer = () => answers
  const fatal: unknown[] = []
  const driver = createDriver({
    router: createRouter([machine]),
    store,
    transport: createTransport(calls),
    clock,
    events: createEventLog(store),
    receive: () => ({
      verdict: ACCEPT,
      addressed: {
        machine: 'm',
        input: { type: 'message', from: 'peer-2', envelope: {} as never }
      }
    }),
    onEvent: event => void calls.push(`notify ${event.type}`),
    onFatal: error => void fatal.push(error)
  })
  const command = (): void => driver.command({ name: 'm.do', payload: {} })
  return { calls, store, clock, machine, driver, fatal, command }
}

const ALL: readonly Effect[] = [
  notify('told'),
  { type: 'schedule', timer: 't', atMs: 5_000 },
  { type: 'charge', peer: 'peer-3', code: 'bad' },
  send('peer-2'),
  { type: 'broadcast', frame: new Uint8Array(), reach: 'voters' },
  persist('a')
]

describe('the driver', () => {
  it('persists, then sends, then schedules, then notifies, whatever order was asked for (C90)', () => {
    const { calls, clock, driver, command } = setUp(ALL)
    driver.start()
    command()
    clock.run()
    expect(calls).toEqual([
      'persist a node/event',
      'send peer-2',
      'broadcast voters',
      'schedule 5000',
      'charge peer-3 bad',
      'notify told'
    ])
  })

  it('says, schedules and tells nothing of a batch that could not be persisted, and stops (C90)', () => {
    const { calls, store, clock, driver, fatal, command } = setUp(ALL)
    driver.start()
    store.fail(new QuorateError('QRT_STORAGE_FAILED', 'the disk is full'))
    command()
    clock.run()
    expect(calls).toEqual([])
    expect(fatal).toHaveLength(1)
    expect(() => command()).toThrow(expect.objectContaining({ code: 'QRT_STARTING' }) as Error)
  })

  it('makes one transaction of what came together', () => {
    const { calls, clock, driver, command } = setUp([persist('a'), send('peer-2')])
    driver.start()
    for (let i = 0; i < 5; i++) command()
    clock.run()
    expect(calls.filter(call => call.startsWith('persist'))).toEqual(['persist a a a a a'])
    expect(calls.filter(call => call.startsWith('send'))).toHaveLength(5)
  })

  it('writes what is lazy with what comes next, in order, and before anything is told of it', () => {
    const { calls, clock, machine, driver, command } = setUp()
    const answers = [
      [persistLazily('lazy'), notify('executed')],
      [persist('vote'), send('peer-2')]
    ]
    machine.answer = () => answers.shift() ?? []
    driver.start()
    command()
    command()
    clock.run()
    expect(calls).toEqual(['persist lazy vote node/event', 'send peer-2', 'notify executed'])
  })

  it('writes what is lazy in the next turn when nothing else comes', () => {
    const { calls, clock, driver, command } = setUp([persistLazily('lazy'), notify('executed')])
    driver.start()
    command()
    clock.run()
    expect(calls).toEqual(['persist lazy node/event', 'notify executed'])
  })

  it('does not let what is lazy wait for ever behind other work', () => {
    const { calls, clock, machine, driver, command } = setUp()
    let turns = 0
    machine.answer = () => {
      if (turns++ < 50) command()
      return [turns === 1 ? persistLazily('lazy') : send('peer-2')]
    }
    driver.start()
    command()
    clock.run()
    expect(calls.indexOf('persist lazy')).toBeGreaterThan(-1)
    expect(calls.indexOf('persist lazy')).toBeLessThan(10)
  })

  it('writes what still waits when it is stopped', () => {
    const { calls, clock, machine, driver, command } = setUp([persistLazily('lazy')])
    driver.start()
    machine.answer = () => {
      machine.answer = () => []
      return [persistLazily('lazy')]
    }
    command()
    clock.run()
    driver.stop()
    expect(calls).toEqual(['persist lazy'])
  })

  it('stops on an invariant, with nothing said of the batch (C90)', () => {
    const { calls, clock, machine, driver, fatal, command } = setUp([send('peer-2')])
    driver.start()
    command()
    machine.answer = () => {
      throw new Error('a bug')
    }
    command()
    clock.run()
    expect([calls, fatal.length]).toEqual([[], 1])
  })
})

describe('timers', () => {
  it('reach their machine once, and can be set anew or cancelled', () => {
    const { clock, machine, driver, command } = setUp([{ type: 'schedule', timer: 't', atMs: 2_000 }])
    driver.start()
    command()
    clock.advance(500)
    machine.answer = () => []
    clock.advance(10_000)
    expect(machine.inputs.filter(({ type }) => type === 'timer')).toEqual([{ type: 'timer', timer: 't' }])
    machine.answer = () => [{ type: 'schedule', timer: 't', atMs: clock.now() + 100 }]
    command()
    clock.run()
    machine.answer = () => [{ type: 'cancel', timer: 't' }]
    command()
    clock.advance(1_000)
    expect(machine.inputs.filter(({ type }) => type === 'timer')).toHaveLength(1)
  })

  it('are never lost to a full mailbox', () => {
    const { clock, machine, driver, command } = setUp([{ type: 'schedule', timer: 'status', atMs: 1_100 }])
    driver.start()
    command()
    clock.run()
    machine.answer = () => []
    for (let i = 0; i < MAILBOX_MAX; i++) driver.frame(new Uint8Array(1), 'peer-2')
    expect(driver.frame(new Uint8Array(1), 'peer-2')).toEqual(ignore('mailbox-full'))
    driver.peer('peer-2', false)
    clock.advance(200)
    expect(machine.inputs.map(({ type }) => type)).toContain('timer')
    expect(machine.inputs.map(({ type }) => type)).toContain('peer')
  })

  it('do not fire after the node has stopped', () => {
    const { clock, machine, driver, command } = setUp([{ type: 'schedule', timer: 't', atMs: 1_100 }])
    driver.start()
    command()
    clock.run()
    driver.stop()
    clock.advance(1_000)
    expect(machine.inputs).toHaveLength(1)
  })
})

describe('the mailbox', () => {
  it('ignores messages and refuses commands past its bound, and counts them', () => {
    const { driver, command } = setUp()
    driver.start()
    for (let i = 0; i < MAILBOX_MAX; i++) driver.frame(new Uint8Array(1), 'peer-2')
    expect(driver.frame(new Uint8Array(1), 'peer-2')).toEqual(ignore('mailbox-full'))
    expect(driver.counters()).toEqual({ 'mailbox-full': 1 })
    expect(() => command()).toThrow(expect.objectContaining({ code: 'QRT_OVERLOADED' }) as Error)
  })

  it('is bounded in bytes', () => {
    const { clock, driver } = setUp()
    driver.start()
    const large = new Uint8Array(2 * 1024 * 1024)
    const taken = Array.from({ length: 100 }, () => driver.frame(large, 'peer-2').outcome)
    const accepted = taken.filter(outcome => outcome === 'accept').length
    expect(accepted).toBe(MAILBOX_BYTES_MAX / large.length)
    clock.run()
    expect(driver.frame(large, 'peer-2').outcome).toBe('accept')
  })

  it('takes nothing before the start and after the end', () => {
    const { driver, command } = setUp()
    expect(() => command()).toThrow(expect.objectContaining({ code: 'QRT_STARTING' }) as Error)
    driver.start()
    driver.stop()
    expect(driver.frame(new Uint8Array(1), 'peer-2').outcome).toBe('ignore')
  })
})
