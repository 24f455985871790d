import type { CborValue, Digest } from '@quorate/contracts'
import { fromHex, toHex, utf8 } from './bytes.ts'

/**
 * The exact form of a wire value and its bounds. `decode` gives undefined for anything that is not that form; it never
 * throws. `encode` trusts its argument, which is ours.
 */
export interface Shape<T> {
  encode(value: T): CborValue
  decode(value: CborValue): T | undefined
}

export type ShapeType<S> = S extends Shape<infer T> ? T : never

const leaf = <T>(encode: (value: T) => CborValue, decode: (value: CborValue) => T | undefined): Shape<T> => ({
  encode,
  decode
})

/** Whole number in 0 .. max (default 2^53-1). */
export const uint = (max: number = Number.MAX_SAFE_INTEGER): Shape<number> =>
  leaf(
    value => value,
    value =>
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max
        ? value
        : undefined
  )

export const bool = (): Shape<boolean> =>
  leaf(
    value => value,
    value => (typeof value === 'boolean' ? value : undefined)
  )

/** Text of at most `bytesMax` bytes of UTF-8 and at least `bytesMin`. */
export const text = (bytesMax: number, bytesMin = 0): Shape<string> =>
  leaf(
    value => value,
    value => {
      if (typeof value !== 'string') return undefined
      const length = value.length > bytesMax ? bytesMax + 1 : utf8(value).length
      return length <= bytesMax && length >= bytesMin ? value : undefined
    }
  )

export const byteString = (bytesMax: number, bytesMin = 0): Shape<Uint8Array> =>
  leaf(
    value => value,
    value =>
      value instanceof Uint8Array && value.length <= bytesMax && value.length >= bytesMin ? value : undefined
  )

/** 32 bytes on the wire, 64 hex digits in memory. */
export const digest = (): Shape<Digest> =>
  leaf(
    value => fromHex(value),
    value => (value instanceof Uint8Array && value.length === 32 ? toHex(value) : undefined)
  )

export const oneOf = <const T extends string>(...names: readonly T[]): Shape<T> =>
  leaf<T>(
    value => value,
    value => names.find(name => name === value)
  )

export const nullable = <T>(shape: Shape<T>): Shape<T | null> =>
  leaf<T | null>(
    value => (value === null ? null : shape.encode(value)),
    value => (value === null ? null : shape.decode(value))
  )

const decodeAll = <T>(shape: Shape<T>, values: readonly CborValue[]): T[] | undefined => {
  const decoded: T[] = []
  for (const value of values) {
    const item = shape.decode(value)
    if (item === undefined) return undefined
    decoded.push(item)
  }
  return decoded
}

export const list = <T>(shape: Shape<T>, itemsMax: number, itemsMin = 0): Shape<readonly T[]> =>
  leaf<readonly T[]>(
    values => values.map(value => shape.encode(value)),
    value =>
      Array.isArray(value) && value.length <= itemsMax && value.length >= itemsMin
        ? decodeAll(shape, value)
        : undefined
  )

const isRecord = (value: CborValue): value is { readonly [key: string]: CborValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** A map from text keys (at most `keyBytesMax` bytes) to values of one shape. Empty keys are refused. */
export const mapOf = <T>(
  shape: Shape<T>,
  bounds: { readonly entriesMax: number; readonly keyBytesMax: number }
): Shape<{ readonly [key: string]: T }> =>
  leaf<{ readonly [key: string]: T }>(
    record => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, shape.encode(value)])),
    value => {
      if (!isRecord(value)) return undefined
      const keys = Object.keys(value)
      const key = text(bounds.keyBytesMax, 1)
      if (keys.length > bounds.entriesMax || keys.some(name => key.decode(name) === undefined))
        return undefined
      const values = decodeAll(shape, Object.values(value))
      return values && Object.fromEntries(keys.map((name, i) => [name, values[i] as T]))
    }
  )

/** A fixed list of named fields, on the wire a CBOR array in the order of declaration. */
export const struct = <F extends { readonly [name: string]: Shape<unknown> }>(fields: {
  readonly [K in keyof F]: F[K]
}): Shape<{ readonly [K in keyof F]: ShapeType<F[K]> }> => {
  type Struct = { readonly [K in keyof F]: ShapeType<F[K]> }
  const names = Object.keys(fields)
  const shapes = names.map(name => fields[name] as Shape<unknown>)
  return leaf<Struct>(
    value => shapes.map((shape, i) => shape.encode(value[names[i] as string])),
    value => {
      if (!Array.isArray(value) || value.length !== names.length) return undefined
      const result: Record<string, unknown> = {}
      for (const [i, shape] of shapes.entries()) {
        const field = shape.decode(value[i] as CborValue)
        if (field === undefined) return undefined
        result[names[i] as string] = field
      }
      return result as Struct
    }
  )
}
