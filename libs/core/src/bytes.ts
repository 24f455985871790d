/** Byte strings: text forms, comparison, joining. */

const HEX_DIGEST = /^[0-9a-f]{64}$/

export const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')

export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')

/** Strict: undefined unless `text` is exactly what `toBase64` would print for some bytes. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : undefined
}

export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'))

/** Undefined when the bytes are not well-formed UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts))

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

export const isDigest = (text: string): boolean => HEX_DIGEST.test(text)

/** Code-unit order: the canonical order of peer ids and keys, the same on every machine (never locale order). */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
