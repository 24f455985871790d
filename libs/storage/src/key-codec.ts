/**
 * Keys as bytes whose order is the order of UTF-16 code units, which is what the Store contract promises.
 *
 * UTF-8 sorts by code point: it puts U+10000 after U+FFFF, while code units put it before U+E000. So each code unit is
 * encoded by itself (CESU-8). For text without surrogates that is plain UTF-8; with them it also keeps lone surrogates,
 * which UTF-8 would replace, so that two different keys never become one.
 */
const SURROGATE = /[\ud800-\udfff]/
const REPLACEMENT = '\ufffd'

/** Sorts after every encoded key. */
export const AFTER_ALL_KEYS: Uint8Array = Uint8Array.of(0xff)
/** Sorts before every encoded key but the empty one, which it is. */
export const BEFORE_ALL_KEYS: Uint8Array = new Uint8Array(0)

const unitBytes = (unit: number): readonly number[] => {
  if (unit < 0x80) return [unit]
  if (unit < 0x800) return [0xc0 | (unit >> 6), 0x80 | (unit & 0x3f)]
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]
}

const encodeUnits = (key: string): Uint8Array => {
  const bytes: number[] = []
  for (let i = 0; i < key.length; i++) bytes.push(...unitBytes(key.charCodeAt(i)))
  return Uint8Array.from(bytes)
}

export const encodeKey = (key: string): Uint8Array =>
  SURROGATE.test(key) ? encodeUnits(key) : Buffer.from(key, 'utf8')

const unitAt = (bytes: Uint8Array, at: number): { readonly unit: number; readonly width: number } => {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  if (first < 0x80) return { unit: first, width: 1 }
  if (first < 0xe0) return { unit: ((first & 0x1f) << 6) | (second & 0x3f), width: 2 }
  return { unit: ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f), width: 3 }
}

const decodeUnits = (bytes: Uint8Array): string => {
  const units: string[] = []
  for (let at = 0; at < bytes.length;) {
    const { unit, width } = unitAt(bytes, at)
    units.push(String.fromCharCode(unit))
    at += width
  }
  return units.join('')
}

/** Inverse of `encodeKey`. Total: the row's check has been verified before, so `bytes` came from `encodeKey`. */
export const decodeKey = (bytes: Uint8Array): string => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  return text.includes(REPLACEMENT) ? decodeUnits(bytes) : text
}
