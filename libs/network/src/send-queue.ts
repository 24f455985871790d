/** Encoded messages that wait for one peer: first in, first out, bounded by bytes, oldest dropped. */
export interface SendQueue {
  /** Bytes that wait, with `MESSAGE_OVERHEAD_BYTES` for each message, so that tiny ones cannot pile up for free. */
  readonly bytes: number
  /** Adds a message and returns how many had to go to keep the bound (the message itself, if it is too large). */
  push(message: Uint8Array): number
  /** The next bytes to write: one message, or several small ones joined up to `chunkBytes`. Undefined when empty. */
  take(chunkBytes: number): Uint8Array | undefined
  /** Forgets all and returns how many. */
  clear(): number
}

export const MESSAGE_OVERHEAD_BYTES = 64

const COMPACT_AT = 1_024

export const createSendQueue = (bytesMax: number): SendQueue => {
  let messages: Uint8Array[] = []
  let head = 0
  let bytes = 0

  const shift = (): Uint8Array | undefined => {
    const message = messages[head]
    if (message === undefined) return undefined
    head += 1
    bytes -= message.length + MESSAGE_OVERHEAD_BYTES
    if (head >= COMPACT_AT || head === messages.length) {
      messages = messages.slice(head)
      head = 0
    }
    return message
  }
  const isOverfull = (): boolean => bytes > bytesMax
  const takeParts = (chunkBytes: number): Uint8Array[] => {
    const parts: Uint8Array[] = []
    let size = 0
    for (let next = messages[head]; next !== undefined; next = messages[head]) {
      if (parts.length > 0 && size + next.length > chunkBytes) break
      parts.push(next)
      size += next.length
      shift()
    }
    return parts
  }

  return {
    get bytes() {
      return bytes
    },
    push(message) {
      messages.push(message)
      bytes += message.length + MESSAGE_OVERHEAD_BYTES
      let dropped = 0
      while (isOverfull() && shift() !== undefined) dropped += 1
      return dropped
    },
    take(chunkBytes) {
      const parts = takeParts(chunkBytes)
      return parts.length > 1 ? Buffer.concat(parts) : parts[0]
    },
    clear() {
      const count = messages.length - head
      messages = []
      head = 0
      bytes = 0
      return count
    }
  }
}
