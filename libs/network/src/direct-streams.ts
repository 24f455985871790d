import type { Connection, Stream } from '@libp2p/interface'
import { messageStreamToDuplex } from '@libp2p/utils'
import type { PeerId } from '@quorate/contracts'
import { pipe } from 'it-pipe'
import type { Uint8ArrayList } from 'uint8arraylist'
import type { Counters } from './counters.ts'
import type { NetworkLimits } from './limits.ts'
import { createMessageDecoder } from './message-decoder.ts'
import { createOutboundStream } from './outbound-stream.ts'
import type { OutboundStream } from './outbound-stream.ts'
import { decodeStreamMessage } from './stream-message.ts'
import type { StreamMessage } from './stream-message.ts'

/** The direct streams with all connected members. */
export interface DirectStreams {
  /** Peers with a connection; the stream may still be opening. */
  peers(): readonly PeerId[]
  isOpen(peer: PeerId): boolean
  /** Uses this connection for the peer from now on; undefined: it has none. */
  follow(peer: PeerId, connection: Connection | undefined): void
  /** Queues an encoded message; dropped and counted when the peer is not connected. */
  send(peer: PeerId, message: Uint8Array): void
  /** libp2p's handler of inbound streams of the protocol. */
  readonly onInbound: (stream: Stream, connection: Connection) => void
  stop(): void
}

export interface DirectStreamsInit {
  readonly limits: NetworkLimits
  readonly counters: Counters
  readonly onMessage: (message: StreamMessage, from: PeerId) => void
  /** The peer has sent what no correct one sends; its stream is already reset. */
  readonly onViolation: (peer: PeerId, code: string) => void
  readonly onPeer: (peer: PeerId, open: boolean) => void
}

const SWEEP_MS = 5_000

export const createDirectStreams = (init: DirectStreamsInit): DirectStreams => {
  const { limits, counters } = init
  const outbound = new Map<PeerId, OutboundStream>()
  const sweep = setInterval(() => {
    for (const stream of outbound.values()) stream.checkStall(Date.now())
  }, SWEEP_MS).unref()

  const outboundOf = (peer: PeerId): OutboundStream => {
    const known = outbound.get(peer)
    if (known !== undefined) return known
    const fresh = createOutboundStream({ limits, counters, onOpen: open => init.onPeer(peer, open) })
    outbound.set(peer, fresh)
    return fresh
  }

  return {
    peers: () => [...outbound.keys()],
    isOpen: peer => outbound.get(peer)?.open ?? false,
    follow(peer, connection) {
      if (connection !== undefined) return outboundOf(peer).follow(connection)
      outbound.get(peer)?.follow(undefined)
      outbound.delete(peer)
    },
    send(peer, message) {
      const stream = outbound.get(peer)
      if (stream === undefined) return counters.count('dropped-not-connected')
      counters.count('frames-out')
      counters.count('bytes-out', message.length)
      stream.enqueue(message)
    },
    onInbound: (stream, connection) => readInbound(stream, connection.remotePeer.toString(), init),
    stop() {
      clearInterval(sweep)
      for (const stream of outbound.values()) stream.follow(undefined)
      outbound.clear()
    }
  }
}

/** Reads messages as they arrive. They are handled at once, so nothing is buffered but one unfinished message. */
const readInbound = (stream: Stream, peer: PeerId, init: DirectStreamsInit): void => {
  const refuse = (code: string): void => {
    stream.abort(new Error(code))
    init.onViolation(peer, code)
  }
  const decoder = createMessageDecoder({
    bytesMax: init.limits.frameBytesMax + 1,
    onMessage(bytes) {
      if (stream.status !== 'open') return
      const message = decodeStreamMessage(bytes)
      if (message === undefined) return refuse('stream-garbage')
      init.counters.count('frames-in')
      init.counters.count('bytes-in', bytes.length)
      init.onMessage(message, peer)
    }
  })
  const decode = async (chunks: AsyncIterable<Uint8Array | Uint8ArrayList>): Promise<void> => {
    for await (const chunk of chunks) {
      const failure = stream.status === 'open' ? decoder.push(chunk.subarray()) : undefined
      if (failure !== undefined) return refuse(failure)
    }
    await stream.close()
  }
  // A stream that was reset has nothing more to say; the sender opens another.
  pipe(messageStreamToDuplex(stream).source, decode).catch(() => stream.abort(new Error('closed')))
}
