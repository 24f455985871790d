import type { Envelope, Machine, MessageCodec, PeerId, Signing, Verdict, Verified } from '@quorate/contracts'
import { ACCEPT, ignore, reject } from '@quorate/contracts'
import { LIMITS } from '@quorate/core'
import type { Addressed } from './router.ts'

export interface BoundaryInit {
  readonly signing: Signing
  readonly machines: readonly Machine[]
  readonly isMember: (peer: PeerId) => boolean
}

/** What became of a frame: its verdict, and the input that it makes when it is accepted. */
export interface Received {
  readonly verdict: Verdict
  readonly addressed?: Addressed
}

interface Route {
  readonly machine: string
  readonly codec: MessageCodec
}

/**
 * The one place where bytes from the network become messages: size, signature, group, membership, kind and form are
 * checked once, here. Never throws. docs/protocol/wire.md, "the boundary".
 */
export const createBoundary = ({
  signing,
  machines,
  isMember
}: BoundaryInit): ((frame: Uint8Array, from: PeerId) => Received) => {
  const routes = new Map<string, Route>(
    machines.flatMap(machine =>
      machine.codecs.map(codec => [codec.kind, { machine: machine.name, codec }] as const)
    )
  )

  const decode = (envelope: Verified<Envelope>, frameBytes: number, from: PeerId): Received => {
    if (!isMember(envelope.author)) return { verdict: reject('author-not-a-member') }
    const route = routes.get(envelope.kind)
    // A newer peer may speak kinds that this one does not know: nobody is to blame.
    if (!route) return { verdict: ignore('kind-unknown') }
    if (frameBytes > route.codec.frameBytesMax) return { verdict: reject('frame-too-large') }
    const body = route.codec.decode(envelope.body)
    if (body === undefined) return { verdict: reject('body-malformed') }
    const message = { ...envelope, body } as Verified<Envelope<unknown>>
    return {
      verdict: ACCEPT,
      addressed: { machine: route.machine, input: { type: 'message', from, envelope: message } }
    }
  }

  return (frame, from) => {
    if (frame.length > LIMITS.frameBytesMax) return { verdict: reject('frame-too-large') }
    const opened = signing.open(frame)
    if (!opened.ok) return { verdict: opened.verdict }
    // Our own message coming back, or somebody repeating it.
    if (opened.envelope.author === signing.self) return { verdict: ignore('own-message') }
    return decode(opened.envelope, frame.length, from)
  }
}
