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

/**
 * A node's clock is set, within what the group allows: forwards while it runs, either way while it is down. A clock that goes back
 * under a running node would stop its timers for as long; the daemon's must not (docs/testing.md).
 */
export const clockStep: Fault = ({ cluster, prng, note }) => {
  const member = prng.pick(cluster.members)
  const { skewMsMax } = cluster
  member.skewMs = prng.int(member.running ? member.skewMs : -skewMsMax, skewMsMax)
  note(`the clock of ${member.peerId} is off by ${member.skewMs} ms now`)
}
