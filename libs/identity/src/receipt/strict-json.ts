import { LIMITS, fromBase64, isDigest } from '@quorate/core'

/**
 * Readers of JSON values that accept one form of each value only. All give undefined for anything else; none throws.
 */
export type Reader<T> = (value: unknown) => T | undefined

export type Fields<T> = { readonly [K in keyof T]-?: Reader<T[K]> }

/** Whole number from 0 to 2^53-1; `-0` is another text for 0 and is refused. */
export const count: Reader<number> = value =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)
    ? value
    : undefined

/** 64 lower-case hex digits. */
export const digestText: Reader<string> = value =>
  typeof value === 'string' && isDigest(value) ? value : undefined

/** Well-formed text of 1 .. `bytesMax` UTF-8 bytes. */
export const shortText =
  (bytesMax: number): Reader<string> =>
  value =>
    typeof value === 'string' &&
    value.length > 0 &&
    value.isWellFormed() &&
    Buffer.byteLength(value) <= bytesMax
      ? value
      : undefined

/** Base64 with padding, exactly as an encoder prints it, of at most `bytesMax` bytes. */
export const base64 =
  (bytesMax: number): Reader<Uint8Array> =>
  value => {
    if (typeof value !== 'string' || value.length > Math.ceil(bytesMax / 3) * 4) return undefined
    const bytes = fromBase64(value)
    return bytes && bytes.length <= bytesMax ? bytes : undefined
  }

export const constant =
  <const T extends string>(...allowed: readonly T[]): Reader<T> =>
  value =>
    allowed.find(one => one === value)

export const peerIdText = shortText(LIMITS.peerIdBytesMax)

export const listOf =
  <T>(read: Reader<T>, itemsMax: number): Reader<readonly T[]> =>
  value => {
    if (!Array.isArray(value) || value.length > itemsMax) return undefined
    const items = value.map(item => read(item))
    return items.includes(undefined) ? undefined : (items as T[])
  }

/** An object with exactly these fields, no more and no fewer. */
export const exactly =
  <T>(fields: Fields<T>): Reader<T> =>
  value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const names = Object.keys(fields) as (keyof T & string)[]
    if (Object.keys(value).length !== names.length) return undefined
    const result: Partial<T> = {}
    for (const name of names) {
      const read = Object.hasOwn(value, name)
        ? fields[name]((value as Record<string, unknown>)[name])
        : undefined
      if (read === undefined) return undefined
      result[name] = read
    }
    return result as T
  }
