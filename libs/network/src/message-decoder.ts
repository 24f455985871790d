/** Why a stream cannot be read on. */
export type DecodeFailure = 'stream-garbage' | 'stream-oversize'

/**
 * Cuts a byte stream into length-prefixed messages.
 *
 * Bounds: holds at most one unfinished message, in a buffer of exactly its size, however small the pieces are that it
 * arrives in; a length above `bytesMax` is refused before anything is stored.
 * Errors: none thrown; the first failure is returned and ends the stream.
 */
export interface MessageDecoder {
  push(data: Uint8Array): DecodeFailure | undefined
}

export interface MessageDecoderInit {
  readonly bytesMax: number
  /** Called for each message, in order. The bytes are the callee's to keep. */
  readonly onMessage: (bytes: Uint8Array) => void
}

/** A message has at least its header byte and one byte of frame. */
const MESSAGE_BYTES_MIN = 2
/** Four bytes of varint: enough for 256 MiB. */
const LENGTH_BITS_MAX = 28
/** Smaller messages are copied out, so that one of them kept for long does not keep its whole chunk. */
const COPY_BYTES_MAX = 32 * 1024

export const createMessageDecoder = ({ bytesMax, onMessage }: MessageDecoderInit): MessageDecoder => {
  const readLength = createLengthReader(bytesMax)
  let body: Uint8Array | undefined
  let filled = 0

  /** Starts a message at `at`: whole if `data` holds all of it. Returns where to go on. */
  const begin = (data: Uint8Array, at: number, length: number): number => {
    if (data.length - at < length) {
      body = new Uint8Array(length)
      filled = 0
      return at
    }
    onMessage(length > COPY_BYTES_MAX ? data.subarray(at, at + length) : data.slice(at, at + length))
    return at + length
  }
  const fill = (target: Uint8Array, data: Uint8Array, at: number): number => {
    const part = data.subarray(at, at + target.length - filled)
    target.set(part, filled)
    filled += part.length
    if (filled === target.length) {
      body = undefined
      onMessage(target)
    }
    return at + part.length
  }

  return {
    push(bytes) {
      const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) // a Buffer's slice would not copy
      for (let at = 0; at < data.length;) {
        if (body !== undefined) {
          at = fill(body, data, at)
          continue
        }
        const length = readLength(data[at] ?? 0)
        if (typeof length === 'string') return length
        at = length === undefined ? at + 1 : begin(data, at + 1, length)
      }
      return undefined
    }
  }
}

/** Reads a varint byte by byte: the length once it is complete, undefined before, a failure when it is out of bounds. */
const createLengthReader = (bytesMax: number): ((byte: number) => number | DecodeFailure | undefined) => {
  let length = 0
  let bits = 0
  return byte => {
    length += (byte & 0x7f) << bits
    bits += 7
    if (byte >= 0x80) return bits >= LENGTH_BITS_MAX ? 'stream-garbage' : undefined
    const complete = length
    length = 0
    bits = 0
    if (complete < MESSAGE_BYTES_MIN) return 'stream-garbage'
    return complete > bytesMax ? 'stream-oversize' : complete
  }
}
