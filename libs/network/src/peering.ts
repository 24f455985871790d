import type { Connection } from '@libp2p/interface'
import type { PeerId } from '@quorate/contracts'
import { createAddressBook } from './address-book.ts'
import type { AddressBook } from './address-book.ts'
import { createAdmission } from './admission.ts'
import type { Admission } from './admission.ts'
import type { Counters } from './counters.ts'
import type { NetworkLimits } from './limits.ts'
import { createLinks } from './links.ts'
import type { Links } from './links.ts'
import { createRedial } from './redial.ts'
import type { RedialInit } from './redial.ts'

/** Who we are connected to: admission, connections, addresses and redialling, kept in step. */
export interface Peering {
  readonly admission: Admission
  readonly links: Links
  readonly book: AddressBook
  /** From now on peers are dialled. */
  start(): void
  opened(connection: Connection): void
  closed(connection: Connection): void
  admit(members: readonly PeerId[], voters: readonly PeerId[]): void
  /** Cuts the peer off and refuses it for a while. */
  ban(peer: PeerId): void
  addAddresses(peer: PeerId, addresses: readonly string[]): void
  stop(): void
}

export interface PeeringInit {
  readonly self: PeerId
  readonly limits: NetworkLimits
  readonly counters: Counters
  readonly dial: RedialInit['dial']
  readonly onBest: (peer: PeerId, best: Connection | undefined) => void
}

export const createPeering = ({ self, limits, counters, dial, onBest }: PeeringInit): Peering => {
  let started = false
  const book = createAddressBook(limits.addressesPerPeerMax)
  const links = createLinks({ self, limits, onBest })
  const admission = createAdmission({
    self,
    counters,
    banMs: limits.banMs,
    connectionsPerPeerMax: limits.connectionsPerPeerMax,
    connectionCount: peer => links.count(peer),
    now: Date.now
  })
  const wanted = (peer: PeerId): boolean =>
    started && peer !== self && admission.refusal(peer) === undefined && links.best(peer) === undefined
  const redial = createRedial({ self, limits, counters, book, wanted, dial })
  const pokeAll = (): void => {
    for (const peer of admission.members()) redial.poke(peer)
  }

  return {
    admission,
    links,
    book,
    start() {
      started = true
      pokeAll()
    },
    opened(connection) {
      const refusal = admission.refusal(connection.remotePeer.toString())
      if (refusal !== undefined) return connection.abort(new Error(refusal))
      counters.count('connections-opened')
      links.opened(connection)
    },
    closed(connection) {
      const peer = connection.remotePeer.toString()
      if (!links.closed(connection)) return
      counters.count('connections-closed')
      if (links.best(peer) === undefined) redial.lost(peer, Date.now() - connection.timeline.open)
    },
    admit(members, voters) {
      for (const peer of admission.admit(members, voters)) {
        links.cut(peer, 'not-a-member')
        redial.forget(peer)
        book.forget(peer)
      }
      pokeAll()
    },
    ban(peer) {
      admission.ban(peer)
      links.cut(peer, 'banned')
      setTimeout(() => redial.hurry(peer), limits.banMs + 1).unref()
    },
    addAddresses(peer, addresses) {
      if (book.add(peer, addresses) > 0) redial.hurry(peer)
      else redial.poke(peer)
    },
    stop() {
      started = false
      redial.stop()
      links.stop()
    }
  }
}
