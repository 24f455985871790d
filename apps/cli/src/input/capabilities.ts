import { QuorateError } from '@quorate/contracts'
import { FRACTION, parseNumber } from './number.ts'

/** Reads `gpu=0.8` and `gpu`, which stands for level 1. Errors: QRT_USAGE. */
export function parseCapabilities(given: readonly string[]): { readonly [capability: string]: number } {
  const levels = new Map<string, number>()
  for (const text of given) {
    const [name = '', level] = text.split('=', 2).map(part => part.trim())
    if (name === '') throw new QuorateError('QRT_USAGE', `--capability needs a name, not '${text}'.`)
    if (levels.has(name)) throw new QuorateError('QRT_USAGE', `--capability names '${name}' twice.`)
    levels.set(name, level === undefined ? 1 : parseNumber(level, `--capability ${name}`, FRACTION))
  }
  return Object.fromEntries(levels)
}
