import type { Member } from '../cluster/member.ts'
import { after, type Fault, type Scene } from './fault.ts'

const VOTES = ['prepare', 'commit', 'propose', 'decided', 'checkpoint'] as const

/** Everything to and from the node is lost, until the links are mended. */
const cutOff = ({ cluster, note }: Scene, { peerId }: Member): void => {
  note(`${peerId} is cut off, alone with what it knows`)
  for (const other of cluster.members) {
    if (other.peerId === peerId) continue
    cluster.network.cut(peerId, other.peerId)
    cluster.network.cut(other.peerId, peerId)
  }
}

/**
 * The schedule that view changes are made for: only one node hears some of the votes, gets further than all others with them,
 * and is cut off before it can tell. The others must come to the same batch without it.
 */
export const favourOne: Fault = scene => {
  const { cluster, prng, note } = scene
  const favoured = prng.pick(cluster.members)
  const lost = VOTES.filter(() => prng.chance(400_000))
  note(`only ${favoured.peerId} hears ${lost.join(', ')}`)
  cluster.network.lose(({ to }, frame) => {
    const opened = to === favoured.peerId ? undefined : cluster.signing.open(frame)
    return opened?.ok === true && lost.some(kind => opened.envelope.kind.endsWith(`/${kind}`))
  })
  after(scene, prng.int(20, 400), () => {
    cutOff(scene, favoured)
    cluster.network.lose(() => false)
  })
  after(scene, prng.int(800, 3_000), () => {
    note('links mended')
    cluster.network.mendAll()
  })
}
