import type { PeerId, Signing, StoreOp, StoreReader } from '@quorate/contracts'
import { decodeCbor, encodeCbor, list, text } from '@quorate/core'
import { ADDRESS_BYTES_MAX } from '../home/multiaddr.ts'
import { HELLO_LIMITS, helloCodec, type Hello } from './hello-message.ts'

/** The newest hello frame of each member. */
export const HELLO_SPACE = 'hello/peer'
/** Addresses that the operator gave by hand, by peer. */
export const MANUAL_SPACE = 'hello/manual'

export interface KnownHello {
  readonly peerId: PeerId
  readonly hello: Hello
  readonly frame: Uint8Array
}

const addressList = list(text(ADDRESS_BYTES_MAX, 1), HELLO_LIMITS.addressesMax)

/** Frames that no longer open (another version wrote them) are left out: they will come again. */
export const loadHellos = (store: StoreReader, open: Signing['open']): KnownHello[] =>
  store.range(HELLO_SPACE).flatMap(({ key, value }) => {
    const opened = open(value)
    const hello = opened.ok ? helloCodec.decode(opened.envelope.body) : undefined
    return hello ? [{ peerId: key, hello, frame: value }] : []
  })

export const helloOp = ({ peerId, frame }: Pick<KnownHello, 'peerId' | 'frame'>): StoreOp => ({
  type: 'put',
  space: HELLO_SPACE,
  key: peerId,
  value: frame
})

export const loadManual = (store: StoreReader, peerId: PeerId): readonly string[] => {
  const bytes = store.get(MANUAL_SPACE, peerId)
  const value = bytes && decodeCbor(bytes)
  return (value === undefined ? undefined : addressList.decode(value)) ?? []
}

export const manualOp = (peerId: PeerId, addresses: readonly string[]): StoreOp => ({
  type: 'put',
  space: MANUAL_SPACE,
  key: peerId,
  value: encodeCbor(addressList.encode(addresses))
})

/** Where members can be dialled, as far as this node was ever told. */
export const readAddressBook = (
  store: StoreReader,
  open: Signing['open']
): ReadonlyMap<PeerId, readonly string[]> => {
  const book = new Map(loadHellos(store, open).map(({ peerId, hello }) => [peerId, [...hello.addresses]]))
  for (const { key } of store.range(MANUAL_SPACE))
    book.set(key, [...loadManual(store, key), ...(book.get(key) ?? [])])
  return book
}
