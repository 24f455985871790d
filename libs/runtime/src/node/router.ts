import type { Command, Effect, Machine, MachineInput, TimeMs } from '@quorate/contracts'
import { invariant } from '@quorate/core'

/** An input addressed to one machine of the node. */
export interface Addressed {
  readonly machine: string
  readonly input: MachineInput
}

/** An effect that leaves the node, with the machine that asked for it (timers belong to a machine). */
export interface External {
  readonly machine: string
  readonly effect: Exclude<Effect, { readonly type: 'route' }>
}

/** Hands inputs to machines and what they route to each other onwards, until only external effects are left. */
export interface Router {
  /** Every machine's `start`, in the order in which they were given; only then what they route to each other. */
  start(now: TimeMs): External[]
  step(first: Addressed, now: TimeMs): External[]
  /** For inputs that concern every machine. */
  machines(): readonly string[]
}

/** A machine and what its start asks for. */
type Begun = readonly [machine: string, effects: readonly Effect[]]

/** More routed steps for one input than this is a loop: a bug. */
const ROUTED_STEPS_MAX = 100_000

export const createRouter = (machines: readonly Machine[]): Router => {
  const byName = new Map(machines.map(machine => [machine.name, machine]))
  invariant(byName.size === machines.length, 'two machines have the same name')

  const listeners = (eventType: string): string[] =>
    machines.filter(machine => machine.ledgerEvents?.includes(eventType)).map(({ name }) => name)

  /** Commands are called `machine.verb`; ledger events and submission outcomes go to whoever they concern. */
  const targets = (command: Command): string[] => {
    const [first = '', verb] = command.name.split('.')
    if (command.name === 'ledger.event') return listeners((command.payload as { type: string }).type)
    if (first === 'submission' && verb !== undefined) {
      const [owner = ''] = (command.payload as { token: string }).token.split(':')
      return byName.has(owner) ? [owner] : []
    }
    invariant(byName.has(first), `no machine answers the command ${command.name}`)
    return [first]
  }

  const drain = (queue: Addressed[], begun: readonly Begun[], now: TimeMs): External[] => {
    const external: External[] = []
    let steps = 0
    const take = (machine: string, effects: readonly Effect[]): void => {
      for (const effect of effects) {
        if (effect.type !== 'route') external.push({ machine, effect })
        else
          for (const to of targets(effect.command))
            queue.push({ machine: to, input: { type: 'command', command: effect.command } })
      }
    }
    for (const [machine, effects] of begun) take(machine, effects)
    for (let next = queue.shift(); next; next = queue.shift()) {
      invariant(++steps < ROUTED_STEPS_MAX, 'machines route to each other without end')
      const machine = byName.get(next.machine)
      invariant(machine, `no machine is called ${next.machine}`)
      take(machine.name, machine.step(next.input, now))
    }
    return external
  }

  return {
    start: now =>
      drain(
        [],
        machines.map(machine => [machine.name, machine.start(now)] as const),
        now
      ),
    step: (first, now) => drain([first], [], now),
    machines: () => [...byName.keys()]
  }
}
