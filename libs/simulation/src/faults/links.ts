import { CALM } from '../world/network.ts'
import { after, type Fault } from './fault.ts'

/** Cuts the group in two; sometimes only one side cannot hear the other. Peers may notice, or not. */
export const partition: Fault = ({ cluster, prng, note }) => {
  const left = new Set(cluster.members.filter(() => prng.chance(500_000)))
  const half = prng.chance(300_000)
  note(`${half ? 'half-' : ''}partition: ${[...left].map(({ peerId }) => peerId).join(' ')} | rest`)
  for (const a of cluster.members) {
    for (const b of cluster.members) {
      if (left.has(a) === left.has(b) || (half && left.has(a))) continue
      cluster.network.cut(a.peerId, b.peerId)
    }
  }
  if (prng.chance(500_000)) cluster.noticeLinks()
}

export const mend: Fault = ({ cluster, note }) => {
  note('links mended')
  cluster.network.mendAll()
  cluster.noticeLinks()
}

/** Loss, repetition and delay on all links, until the next weather. */
export const weather: Fault = ({ cluster, prng, note }) => {
  const next = {
    lossPpm: prng.pick([0, 10_000, 100_000, 300_000]),
    duplicatePpm: prng.pick([0, 50_000, 200_000]),
    delayMsMin: 1,
    delayMsMax: prng.pick([2, 20, 200, 1_500])
  }
  note(
    `weather: loss ${next.lossPpm / 10_000} %, duplicates ${next.duplicatePpm / 10_000} %, delay 1-${next.delayMsMax} ms`
  )
  cluster.network.setWeather(next)
}

/** A short silence on all links. */
export const blackout: Fault = scene => {
  const { cluster, prng, note } = scene
  const forMs = prng.int(100, 2_000)
  note(`no message arrives for ${forMs} ms`)
  cluster.network.setWeather({ ...CALM, lossPpm: 1_000_000 })
  after(scene, forMs, () => cluster.network.setWeather(CALM))
}

/** One node is cut off: from all others, or so that it only hears, or is only heard. */
export const isolate: Fault = ({ cluster, prng, note }) => {
  const { peerId } = prng.pick(cluster.members)
  const how = prng.pick(['cut off', 'not heard', 'deaf'])
  note(`${peerId} is ${how}`)
  for (const other of cluster.members) {
    if (other.peerId === peerId) continue
    if (how !== 'deaf') cluster.network.cut(peerId, other.peerId)
    if (how !== 'not heard') cluster.network.cut(other.peerId, peerId)
  }
  if (prng.chance(500_000)) cluster.noticeLinks()
}

/** Some kinds of messages do not reach some peers: what makes half of the group prepared, or one node decided. */
export const loseSome: Fault = ({ cluster, prng, note }) => {
  const { open } = cluster.signing
  const deaf = new Set(cluster.members.filter(() => prng.chance(500_000)).map(({ peerId }) => peerId))
  const lost = new Map<string, boolean>()
  const isLost = (kind: string): boolean => {
    const known = lost.get(kind) ?? prng.chance(400_000)
    lost.set(kind, known)
    return known
  }
  note(`some kinds of messages do not reach ${[...deaf].join(' ')}`)
  cluster.network.lose(({ to }, frame) => {
    const opened = deaf.has(to) ? open(frame) : undefined
    return opened?.ok === true && isLost(opened.envelope.kind)
  })
}
