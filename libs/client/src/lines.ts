import { QuorateError } from '@quorate/contracts'

/** Longest line of a stream that is read into memory. */
export const LINE_BYTES_MAX = 4 * 1024 * 1024

/**
 * Splits a stream of bytes into lines (`\n` or `\r\n`), without their ends. The last one needs no end.
 *
 * Errors: QRT_TOO_LARGE when a line does not end.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  lineBytesMax = LINE_BYTES_MAX
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of source) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > lineBytesMax) {
      throw new QuorateError('QRT_TOO_LARGE', `A line of the stream is longer than ${lineBytesMax} bytes.`)
    }
    for (const line of parts) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
  if (rest !== '') yield rest
}
