import type { VirtualNetwork } from '../world/network.ts'
import type { Member } from './member.ts'

const isUp = (network: VirtualNetwork, a: Member, b: Member): boolean =>
  a.running !== undefined &&
  b.running !== undefined &&
  !network.isCut(a.peerId, b.peerId) &&
  !network.isCut(b.peerId, a.peerId)

/** Tells nodes which direct connections have come up or gone away since they were last told. */
export const createLinks = (members: readonly Member[], network: VirtualNetwork): (() => void) => {
  const connected = new Set<string>()

  const notice = (a: Member, b: Member): void => {
    const link = `${a.peerId} ${b.peerId}`
    const now = isUp(network, a, b)
    if (now === connected.has(link)) return
    if (now) connected.add(link)
    else connected.delete(link)
    a.running?.node.peer(b.peerId, now)
  }

  return () => {
    for (const a of members) for (const b of members) if (a !== b) notice(a, b)
  }
}
