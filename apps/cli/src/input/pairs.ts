import { QuorateError } from '@quorate/contracts'

/**
 * Reads `cost=0.4,quality=0.3`: names and what stands after them.
 *
 * Errors: QRT_USAGE when a name is missing or given twice, and what `read` throws.
 */
export function parsePairs<T>(
  text: string,
  name: string,
  read: (value: string, key: string) => T
): { readonly [key: string]: T } {
  const pairs = new Map<string, T>()
  for (const part of text.split(',')) {
    const { key, value } = splitPair(part, name)
    if (pairs.has(key)) throw new QuorateError('QRT_USAGE', `${name} names '${key}' twice.`)
    pairs.set(key, read(value, key))
  }
  return Object.fromEntries(pairs)
}

function splitPair(part: string, name: string): { key: string; value: string } {
  const equals = part.indexOf('=')
  const key = part.slice(0, equals).trim()
  if (equals > 0 && key !== '') return { key, value: part.slice(equals + 1).trim() }
  throw new QuorateError('QRT_USAGE', `${name} needs NAME=VALUE, not '${part}'.`)
}
