import type { Clock, PeerId, Store, Transport } from '@quorate/contracts'
import type { Liar } from '../byzantine/liar.ts'
import type { Watchers } from '../checkers/watch-all.ts'
import type { World } from '../world/clock.ts'
import type { VirtualNetwork } from '../world/network.ts'
import type { Gossip } from './gossip.ts'
import { burn, type Member } from './member.ts'

export interface PortsInit {
  readonly member: Member
  readonly peers: readonly PeerId[]
  readonly network: VirtualNetwork
  readonly gossip: Gossip
  readonly watch: Watchers
  readonly liar: Liar | undefined
}

type Say = (to: PeerId, frame: Uint8Array, reach: 'one' | 'all') => void

/** An honest member's frames are watched; a liar's are its own affair. */
const sayOf = ({ member, network, gossip, watch, liar }: PortsInit): Say => {
  const self = member.peerId
  return (to, frame, reach) => {
    if (!liar) watch.said(self, frame)
    for (const said of liar?.tamper({ to, frame }) ?? [frame]) {
      if (reach === 'all') gossip.begin(said)
      network.send(self, to, said)
    }
  }
}

/** A member's network, where each frame is an effect boundary. */
export const transportOf = (init: PortsInit): Pick<Transport, 'send' | 'broadcast' | 'charge'> => {
  const { member, watch } = init
  const say = sayOf(init)
  return {
    send: (to, frame) => {
      burn(member)
      say(to, frame, 'one')
    },
    broadcast: frame => {
      for (const peer of init.peers) {
        if (peer === member.peerId) continue
        burn(member)
        say(peer, frame, 'all')
      }
    },
    charge: (peer, code) => {
      if (member.honest) watch.charged(member.peerId, peer, code)
    }
  }
}

/** A member's disk, where each commit is two effect boundaries: before the data is down, and after. */
export const storeOf = ({ member, watch }: Pick<PortsInit, 'member' | 'watch'>): Store =>
  member.disk.mount({
    beforeCommit: () => burn(member),
    afterCommit: ops => {
      if (member.honest) watch.committed(member.peerId, ops)
      burn(member)
    }
  })

/** A member's clock, whose timers die with the node that has set them. */
export const clockOf = (world: World, member: Member): Clock => {
  const { lives } = member
  const clock = world.clock(member)
  const whileAlive = (callback: () => void) => (): void => {
    if (member.lives === lives) callback()
  }
  return {
    now: () => clock.now(),
    at: (atMs, callback) => clock.at(atMs, whileAlive(callback)),
    soon: callback => clock.soon(whileAlive(callback))
  }
}
