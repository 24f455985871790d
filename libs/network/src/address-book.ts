import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerId } from '@quorate/contracts'
import { BoundedMap, LIMITS } from '@quorate/core'

/** Where peers can be dialled. Text comes from other members: what cannot be used is left out. */
export interface AddressBook {
  get(peer: PeerId): readonly string[]
  /** Adds them in front: they are news. Returns how many were not known. */
  add(peer: PeerId, addresses: readonly string[]): number
  /** Adds them at the end: what a peer says of itself may name every interface it has. */
  append(peer: PeerId, addresses: readonly string[]): void
  forget(peer: PeerId): void
}

export const createAddressBook = (addressesPerPeerMax: number): AddressBook => {
  const book = new BoundedMap<PeerId, readonly string[]>(LIMITS.membersMax)
  const get = (peer: PeerId): readonly string[] => book.get(peer) ?? []
  const freshOf = (peer: PeerId, addresses: readonly string[]): string[] => {
    const usable = addresses.map(text => parseAddress(text, peer)).filter(it => it !== undefined)
    return [...new Set(usable)].filter(address => !get(peer).includes(address))
  }
  const set = (peer: PeerId, addresses: readonly string[]): void => {
    if (addresses.length > 0) book.set(peer, addresses.slice(0, addressesPerPeerMax))
  }
  return {
    get,
    add(peer, addresses) {
      const fresh = freshOf(peer, addresses)
      set(peer, [...fresh, ...get(peer)])
      return fresh.length
    },
    append: (peer, addresses) => set(peer, [...get(peer), ...freshOf(peer, addresses)]),
    forget: peer => void book.delete(peer)
  }
}

const HOSTS = new Set(['ip4', 'ip6', 'dns', 'dns4', 'dns6'])

/** The address with `/p2p/<peer>` at its end; undefined when it is no TCP address, or one of another peer. */
export const parseAddress = (text: string, peer: PeerId): string | undefined => {
  const [host, port, id, ...rest] = parse(text)?.getComponents() ?? []
  if (host === undefined || !HOSTS.has(host.name) || port?.name !== 'tcp' || rest.length > 0) return undefined
  if (id !== undefined && (id.name !== 'p2p' || id.value !== peer)) return undefined
  return `/${host.name}/${host.value ?? ''}/tcp/${port.value ?? ''}/p2p/${peer}`
}

const parse = (text: string): Multiaddr | undefined => {
  try {
    return multiaddr(text)
  } catch {
    return undefined
  }
}
