import type { CborValue } from '@quorate/contracts'

const DIGEST = /\b([0-9a-f]{8})[0-9a-f]{56}\b/g

const describeValue = (value: CborValue): string => {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (Array.isArray(value)) return `[${value.map(describeValue).join(' ')}]`
  if (typeof value === 'object' && value !== null) return `(${describeFields(value as Fields)})`
  return String(value)
}

interface Fields {
  readonly [key: string]: CborValue
}

const describeFields = (fields: Fields): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${describeValue(value)}`)
    .join(', ')

/** An event of a node on one line, digests cut to eight digits. */
export const describeEvent = (type: string, data: CborValue): string => {
  const text =
    typeof data === 'object' && data !== null && !Array.isArray(data)
      ? describeFields(data as Fields)
      : describeValue(data)
  return `${type}: ${text}`.replaceAll(DIGEST, '$1')
}
