import type { MessageCodec } from '@quorate/contracts'
import { LIMITS, list, struct, text, uint, type ShapeType } from '@quorate/core'
import { ADDRESS_BYTES_MAX, isDialAddress } from '../home/multiaddr.ts'

/** How a member introduces itself: where it listens, what it runs. docs/protocol/wire.md, "hello". */
export const HELLO_KIND = 'hello'

export const HELLO_LIMITS = { addressesMax: 16, pluginsMax: 64, versionBytesMax: 64 } as const

export const helloShape = struct({
  /** The author's clock when it said so, strictly increasing per author: the newest counts. */
  at: uint(),
  version: text(HELLO_LIMITS.versionBytesMax, 1),
  addresses: list(text(ADDRESS_BYTES_MAX, 1), HELLO_LIMITS.addressesMax),
  plugins: list(
    struct({ name: text(LIMITS.nameBytesMax, 1), version: text(HELLO_LIMITS.versionBytesMax, 1) }),
    HELLO_LIMITS.pluginsMax
  )
})

export type Hello = ShapeType<typeof helloShape>

export const helloCodec: MessageCodec<Hello> = {
  kind: HELLO_KIND,
  frameBytesMax: 3 * LIMITS.smallFrameBytesMax,
  decode: body => {
    const hello = helloShape.decode(body)
    return hello?.addresses.every(isDialAddress) === true ? hello : undefined
  }
}
