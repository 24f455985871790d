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
