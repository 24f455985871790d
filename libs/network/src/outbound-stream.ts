import type { Connection, Stream } from '@libp2p/interface'
import type { Counters } from './counters.ts'
import { fullJitterMs } from './jitter.ts'
import type { NetworkLimits } from './limits.ts'
import { createStreamWriter } from './stream-writer.ts'

/** The direct stream protocol. Each end opens one stream to write on and reads from the other's. */
export const STREAM_PROTOCOL = '/quorate/msg/1.0.0'

/**
 * What is sent to one peer: a bounded queue, and the stream that it is written to.
 *
 * The stream follows the connection it is given. If it is reset while the connection stays open, it is opened again,
 * with back-off; what was queued waits, what was already written is lost (protocols repair).
 */
export interface OutboundStream {
  /** True while a stream is open: what is queued now will be written. */
  readonly open: boolean
  /** Uses this connection from now on; undefined: there is none, and what waits is dropped. */
  follow(connection: Connection | undefined): void
  enqueue(message: Uint8Array): void
  /** Resets a stream that has taken nothing for too long although messages wait. */
  checkStall(nowMs: number): void
}

export interface OutboundInit {
  readonly limits: NetworkLimits
  readonly counters: Counters
  readonly onOpen: (open: boolean) => void
}

export const createOutboundStream = ({ limits, counters, onOpen }: OutboundInit): OutboundStream => {
  const writer = createStreamWriter({ limits, counters })
  const range = { minMs: limits.streamReopenMinMs, maxMs: limits.streamReopenMaxMs }
  let connection: Connection | undefined
  let stream: Stream | undefined
  let opening = false
  let failures = 0
  let retry: NodeJS.Timeout | undefined

  const use = (next: Stream | undefined): void => {
    stream = next
    writer.attach(next)
  }
  const onRetry = (): void => {
    retry = undefined
    void open()
  }
  const openLater = (): void => {
    retry ??= setTimeout(onRetry, fullJitterMs(failures, range)).unref()
    failures += 1
  }
  const onClose = (closed: Stream): void => {
    if (closed !== stream) return
    use(undefined)
    counters.count('streams-closed')
    if (Date.now() - closed.timeline.open > limits.stableAfterMs) failures = 0
    if (connection !== undefined) openLater()
    onOpen(false)
  }
  const adopt = (fresh: Stream): void => {
    const old = stream
    fresh.addEventListener('close', () => onClose(fresh))
    counters.count('streams-opened')
    use(fresh)
    if (old === undefined) onOpen(true)
    else closeGently(old)
  }
  const open = async (): Promise<void> => {
    const target = connection
    if (target === undefined || opening) return
    opening = true
    const fresh = await newStream(target, limits.streamOpenTimeoutMs)
    opening = false
    if (fresh !== undefined && connection === target && fresh.status === 'open') return adopt(fresh)
    fresh?.abort(new Error('superseded'))
    if (connection === target) openLater()
    else await open()
  }

  return {
    get open() {
      return stream !== undefined
    },
    follow(next) {
      if (next === connection) return
      connection = next
      clearTimeout(retry)
      retry = undefined
      failures = 0
      if (next !== undefined) {
        void open()
        return
      }
      writer.clear()
      stream?.abort(new Error('disconnected'))
    },
    enqueue: message => writer.enqueue(message),
    checkStall(nowMs) {
      if (stream === undefined || !writer.isStalled(nowMs)) return
      counters.count('streams-stalled')
      stream.abort(new Error('stalled'))
    }
  }
}

/** Never rejects. */
const newStream = (connection: Connection, timeoutMs: number): Promise<Stream | undefined> =>
  connection.newStream(STREAM_PROTOCOL, { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined)

const closeGently = (stream: Stream): void => {
  stream.close().catch(() => stream.abort(new Error('moved')))
}
