import type { Stream } from '@libp2p/interface'
import type { Counters } from './counters.ts'
import type { NetworkLimits } from './limits.ts'
import { createSendQueue } from './send-queue.ts'

/** Writes one peer's queue to whichever stream is open, as fast as it takes it and no faster. */
export interface StreamWriter {
  enqueue(message: Uint8Array): void
  /** Writes to this stream from now on; undefined: what is queued waits for the next. */
  attach(stream: Stream | undefined): void
  /** Drops what waits. */
  clear(): void
  /** True when messages wait and nothing has moved for `streamStallMs`. To be asked every few seconds. */
  isStalled(nowMs: number): boolean
}

export interface StreamWriterInit {
  readonly limits: NetworkLimits
  readonly counters: Counters
}

export const createStreamWriter = ({ limits, counters }: StreamWriterInit): StreamWriter => {
  const queue = createSendQueue(limits.queueBytesMax)
  let stream: Stream | undefined
  let scheduled = false
  let movedAtMs = 0
  let unsentBytes = 0

  /** Small window updates must not let bytes pile up behind our back: libp2p gets the next chunk when it has room. */
  const writable = (): Stream | undefined =>
    stream?.writeStatus === 'writable' &&
    !stream.writableNeedsDrain &&
    stream.writeBufferLength < limits.chunkBytes
      ? stream
      : undefined

  const flush = (): void => {
    scheduled = false
    for (let target = writable(); target !== undefined; target = writable()) {
      const chunk = queue.take(limits.chunkBytes)
      if (chunk === undefined) return
      movedAtMs = Date.now()
      trySend(target, chunk)
    }
  }
  /** All that is queued in this turn of the event loop is written together. */
  const flushSoon = (): void => {
    if (scheduled || stream === undefined) return
    scheduled = true
    queueMicrotask(flush)
  }

  return {
    enqueue(message) {
      if (queue.bytes === 0) movedAtMs = Date.now()
      const dropped = queue.push(message)
      if (dropped > 0) counters.count('dropped-queue-full', dropped)
      flushSoon()
    },
    attach(next) {
      stream = next
      movedAtMs = Date.now()
      next?.addEventListener('drain', flushSoon) // libp2p's own onDrain() works only once
      next?.addEventListener('idle', flushSoon)
      flushSoon()
    },
    clear() {
      const dropped = queue.clear()
      if (dropped > 0) counters.count('dropped-disconnected', dropped)
    },
    isStalled(nowMs) {
      const moved = unsentBytes !== (stream?.writeBufferLength ?? 0)
      unsentBytes = stream?.writeBufferLength ?? 0
      if (moved) movedAtMs = nowMs
      return queue.bytes + unsentBytes > 0 && nowMs - movedAtMs >= limits.streamStallMs
    }
  }
}

/** A stream that cannot be written to any more is reset; its 'close' event opens the next one. */
const trySend = (stream: Stream, chunk: Uint8Array): void => {
  try {
    stream.send(chunk)
  } catch (error) {
    stream.abort(error instanceof Error ? error : new Error(String(error)))
  }
}
