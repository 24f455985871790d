import type { Clock, Command, Effect, PeerId, Store, Transport, Verdict } from '@quorate/contracts'
import { ignore, QuorateError } from '@quorate/contracts'
import type { Received } from './boundary.ts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import { createMailbox } from './mailbox.ts'
import { createOutbox } from './outbox.ts'
import type { Addressed, External, Router } from './router.ts'

/** Key of the driver's own timer; machines' timers are called `machine/timer`. */
const LINGER = 'linger'
/** Inputs per batch: load turns into larger batches, one fsync each. */
const BATCH_INPUTS_MAX = 512

export interface DriverInit {
  readonly router: Router
  readonly store: Store
  readonly transport: Pick<Transport, 'send' | 'broadcast' | 'charge'>
  readonly clock: Clock
  readonly events: EventLog
  receive(frame: Uint8Array, from: PeerId): Received
  onEvent(event: LoggedEvent): void
  /** The store failed or an invariant broke: nothing more is processed, nothing of the batch was sent. */
  onFatal(error: unknown): void
}

/** One node's loop: a mailbox in, batches of effects out, in the order persist, send, schedule, notify. */
export interface Driver {
  readonly start: () => void
  /** Judges a frame at the boundary and, when it is accepted, queues it. */
  readonly frame: (frame: Uint8Array, from: PeerId) => Verdict
  readonly peer: (peer: PeerId, connected: boolean) => void
  /** Errors: QRT_OVERLOADED when the mailbox is full, QRT_STARTING when the node has stopped. */
  readonly command: (command: Command) => void
  /** Takes no further input, cancels timers. What was queued is dropped: nothing of it was promised. */
  readonly stop: () => void
  readonly counters: () => { readonly [code: string]: number }
}

export const createDriver = (init: DriverInit): Driver => {
  const { router, clock, transport } = init
  const mailbox = createMailbox()
  const timers = new Map<string, () => void>()
  const counters = new Map<string, number>()
  const outbox = createOutbox(init.store, init.events, clock)
  let [scheduled, running] = [false, false]

  const count = (code: string): void => void counters.set(code, (counters.get(code) ?? 0) + 1)

  const enqueue = (addressed: Addressed, bytes?: number): boolean => {
    if (!running || !mailbox.push(addressed, bytes)) return false
    wake()
    return true
  }

  const enqueueUrgent = (addressed: Addressed): void => {
    if (!running) return
    mailbox.pushUrgent(addressed)
    wake()
  }

  const wake = (): void => {
    if (scheduled) return
    scheduled = true
    clock.soon(pump)
  }

  const schedule = (machine: string, timer: string, atMs: number): void => {
    cancel(machine, timer)
    const key = `${machine}/${timer}`
    timers.set(
      key,
      clock.at(atMs, () => {
        timers.delete(key)
        enqueueUrgent({ machine, input: { type: 'timer', timer } })
      })
    )
  }

  const cancel = (machine: string, timer: string): void => {
    const key = `${machine}/${timer}`
    timers.get(key)?.()
    timers.delete(key)
  }

  const say = (effect: Effect): void => {
    if (effect.type === 'send') transport.send(effect.to, effect.frame)
    if (effect.type === 'broadcast') transport.broadcast(effect.frame, effect.reach)
  }

  const arrange = ({ machine, effect }: External): void => {
    if (effect.type === 'schedule') schedule(machine, effect.timer, effect.atMs)
    if (effect.type === 'cancel') cancel(machine, effect.timer)
    if (effect.type === 'charge') {
      count(effect.code)
      transport.charge(effect.peer, effect.code)
    }
  }

  const carryOut = (batch: readonly External[]): void => {
    const told = outbox.add(batch)
    const logged = outbox.mustWrite(mailbox.size === 0) ? outbox.write() : []
    for (const { effect } of batch) say(effect)
    for (const external of batch) arrange(external)
    for (const event of [...told, ...logged]) init.onEvent(event)
    lookAgain(outbox.due())
  }

  /** Sees to it that what waits to be written is not forgotten when nothing else comes. */
  const lookAgain = (due: ReturnType<typeof outbox.due>): void => {
    if (due === 'soon') wake()
    if (typeof due !== 'number' || timers.has(LINGER)) return
    timers.set(
      LINGER,
      clock.at(due, () => {
        timers.delete(LINGER)
        wake()
      })
    )
  }

  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      halt()
      init.onFatal(error)
    }
  }

  const pump = (): void => {
    scheduled = false
    if (!running) return
    guarded(() => {
      const now = clock.now()
      carryOut(mailbox.take(BATCH_INPUTS_MAX).flatMap(addressed => router.step(addressed, now)))
    })
    if (running && mailbox.size > 0) wake()
  }

  const halt = (): void => {
    running = false
    for (const stopTimer of timers.values()) stopTimer()
    timers.clear()
  }

  /** What only waited for company is written still; a failing disk has been told of before. */
  const stop = (): void => {
    if (running && outbox.due() !== undefined) guarded(() => void outbox.write())
    halt()
  }

  return {
    start: () => {
      running = true
      guarded(() => carryOut(router.start(clock.now())))
    },
    frame: (bytes, from) => {
      const { verdict, addressed } = init.receive(bytes, from)
      if (verdict.outcome !== 'accept') count(verdict.code)
      if (!addressed || enqueue(addressed, bytes.length)) return verdict
      count('mailbox-full')
      return ignore('mailbox-full')
    },
    peer: (peer, connected) => {
      for (const machine of router.machines())
        enqueueUrgent({ machine, input: { type: 'peer', peer, connected } })
    },
    command: command => {
      if (!running) throw new QuorateError('QRT_STARTING', 'the node is not running')
      const machine = command.name.split('.')[0] as string
      if (enqueue({ machine, input: { type: 'command', command } })) return
      throw new QuorateError('QRT_OVERLOADED', 'the node has too much to do at the moment', {
        suggestions: ['try again in a moment']
      })
    },
    stop,
    counters: () => Object.fromEntries(counters)
  }
}
