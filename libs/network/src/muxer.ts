import type { MessageStream, StreamMuxerFactory } from '@libp2p/interface'
import { yamux } from '@libp2p/yamux'
import { invariant } from '@quorate/core'

/** Flow-control window of one stream: what a peer may have in flight before it is read. */
const WINDOW_BYTES_MAX = 4 * 1024 * 1024
/** Unsent bytes of one stream. Direct streams keep their own, larger queue and stay far below. */
const WRITE_BUFFER_BYTES_MAX = 8 * 1024 * 1024
/** Streams of one connection in each direction; a member needs about ten. */
const STREAMS_MAX = 64
const HEADER_BYTES = 12
/** Of yamux's stream states: past the handshake, and reading. */
const ESTABLISHED = 3

/** Yamux with bounded memory and fewer window updates. Checked on use, so that an upgrade cannot lose it unnoticed. */
export const boundedYamux = (): StreamMuxerFactory => {
  const factory = yamux({
    maxInboundStreams: STREAMS_MAX,
    maxOutboundStreams: STREAMS_MAX,
    streamOptions: { maxStreamWindowSize: WINDOW_BYTES_MAX, maxWriteBufferLength: WRITE_BUFFER_BYTES_MAX }
  })()
  const create = factory.createStreamMuxer.bind(factory)
  factory.createStreamMuxer = connection => {
    const muxer = create(connection)
    boundUnfinishedFrame(connection, muxer)
    const onRemoteStream = muxer.onRemoteStream.bind(muxer)
    muxer.onRemoteStream = stream => {
      updateWindowLazily(stream)
      onRemoteStream(stream)
    }
    return muxer
  }
  return factory
}

interface MuxerInternals {
  readonly decoder?: { readonly buffer?: { readonly byteLength: number } }
}

/**
 * Yamux looks at the window only once a whole frame is there, and a frame's header may promise 4 GiB: a member could
 * make us collect them. A connection whose unfinished frame is larger than any window is cut.
 */
const boundUnfinishedFrame = (connection: MessageStream, muxer: object): void => {
  const buffer = (muxer as MuxerInternals).decoder?.buffer
  invariant(buffer !== undefined, 'yamux keeps its unfinished frame elsewhere now')
  // The muxer's own listener was added first: what is left here, it could not use yet.
  connection.addEventListener('message', () => {
    if (buffer.byteLength > WINDOW_BYTES_MAX + HEADER_BYTES)
      connection.abort(new Error('yamux frame too large'))
  })
}

interface StreamInternals {
  readonly state: number
  readonly recvWindow: number
  readonly recvWindowCapacity: number
  sendWindowUpdate(): void
}

/**
 * Yamux answers each data frame with a window update of its own, which doubles the number of encrypted messages when
 * frames are small. As the Go implementation does, one is sent only when half of the window is used up.
 */
const updateWindowLazily = (remoteStream: object): void => {
  const stream = remoteStream as StreamInternals
  invariant(typeof stream.recvWindowCapacity === 'number', 'yamux counts its window elsewhere now')
  const send = stream.sendWindowUpdate.bind(stream)
  stream.sendWindowUpdate = () => {
    if (stream.state !== ESTABLISHED || stream.recvWindowCapacity < stream.recvWindow / 2) send()
  }
}
