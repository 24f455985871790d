import type { Effect, Machine, MachineInput, StoreOp } from '@quorate/contracts'

/** A machine that answers every input as the test says, and remembers what it was given. */
export interface ScriptedMachine extends Machine {
  readonly inputs: MachineInput[]
  answer: (input: MachineInput) => readonly Effect[]
}

export const createMachine = (name: string, init: Partial<Machine> = {}): ScriptedMachine => {
  const inputs: MachineInput[] = []
  const machine: ScriptedMachine = {
    name,
    codecs: [],
    start: () => [],
    inputs,
    answer: () => [],
    step: input => {
      inputs.push(input)
      return machine.answer(input)
    },
    ...init
  }
  return machine
}

const put = (space: string): StoreOp => ({ type: 'put', space, key: 'key', value: new Uint8Array([1]) })

export const persist = (space: string): Effect => ({ type: 'persist', ops: [put(space)] })
export const persistLazily = (space: string): Effect => ({
  type: 'persist',
  ops: [put(space)],
  lazy: 'shared'
})
export const send = (to: string): Effect => ({ type: 'send', to, frame: new Uint8Array([1]) })
export const notify = (type: string, durable = true): Effect => ({
  type: 'notify',
  event: { type, durable, data: null }
})
export const route = (name: string, payload: unknown = {}): Effect => ({
  type: 'route',
  command: { name, payload }
})
