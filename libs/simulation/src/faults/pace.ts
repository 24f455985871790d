import { after, type Fault } from './fault.ts'

/** A node turns to its mailbox late, for a while: a slow machine, or a slow disk. */
export const slowNode: Fault = scene => {
  const { cluster, prng, note } = scene
  const member = prng.pick(cluster.members)
  const [slowMs, forMs] = [prng.pick([20, 100, 400]), prng.int(500, 4_000)]
  note(`${member.peerId} is ${slowMs} ms late for ${forMs} ms`)
  member.slowMs = slowMs
  after(scene, forMs, () => {
    member.slowMs = 0
  })
}

/** A node's clock is set: forwards or backwards, within what the group allows. */
export const clockStep: Fault = ({ cluster, prng, note }) => {
  const member = prng.pick(cluster.members)
  member.skewMs = prng.int(-cluster.skewMsMax, cluster.skewMsMax)
  note(`the clock of ${member.peerId} is off by ${member.skewMs} ms now`)
}
