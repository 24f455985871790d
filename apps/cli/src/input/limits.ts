import { QuorateError } from '@quorate/contracts'

/** Longest statement of a proposal, and task of an auction. */
export const STATEMENT_BYTES_MAX = 8 * 1024

/** Longest data of a proposal, as JSON. */
export const DATA_BYTES_MAX = 1024 * 1024

/** Most that is read of a file or of standard input: data may be indented there. */
export const INPUT_BYTES_MAX = 8 * 1024 * 1024

/** Errors: QRT_TOO_LARGE. */
export function requireSize(text: string, name: string, bytesMax: number): void {
  const bytes = Buffer.byteLength(text)
  if (bytes > bytesMax) throw tooLarge(name, bytesMax, `${bytes} bytes`)
}

export function tooLarge(name: string, bytesMax: number, found: string): QuorateError {
  return new QuorateError('QRT_TOO_LARGE', `${name} is too large: ${found}, at most ${bytesMax} bytes.`, {
    suggestions: ['Keep large content elsewhere, and give its address and digest.']
  })
}
