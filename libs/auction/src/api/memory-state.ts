import type { CborValue, StateReader, StateWriter } from '@quorate/contracts'
import { compareText } from '@quorate/core'

/** Ledger state in plain maps, for replaying history beside the live state. */
export interface MemoryState {
  reader(module: string): StateReader
  writer(module: string): StateWriter
  /** Every key of every space as `module key`, ascending. */
  entries(): readonly (readonly [string, CborValue])[]
}

export const createMemoryState = (): MemoryState => {
  const spaces = new Map<string, Map<string, CborValue>>()
  const space = (module: string): Map<string, CborValue> => {
    const known = spaces.get(module) ?? new Map<string, CborValue>()
    spaces.set(module, known)
    return known
  }
  const reader = (module: string): StateReader => ({
    get: key => space(module).get(key),
    range: prefix =>
      [...space(module)].filter(([key]) => key.startsWith(prefix)).toSorted(([a], [b]) => compareText(a, b)),
    module: reader
  })
  const writer = (module: string): StateWriter => ({
    ...reader(module),
    put: (key, value) => void space(module).set(key, value),
    delete: key => void space(module).delete(key)
  })
  const entries = () =>
    [...spaces]
      .flatMap(([module, rows]) => [...rows].map(([key, value]) => [`${module} ${key}`, value] as const))
      .toSorted(([a], [b]) => compareText(a, b))
  return { reader, writer, entries }
}
