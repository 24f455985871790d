import type { Prng } from '@quorate/core'
import type { Cluster, Member } from './cluster.ts'
import { CALM } from './virtual-network.ts'

/** Plans faults for one run, all of it from the seed: what happens, to whom, when. */
export interface FaultPlan {
  /** Begins to make faults until `untilMs`. */
  begin(cluster: Cluster, untilMs: number): void
  /** Ends all of them: links whole, network calm, every node running. */
  heal(cluster: Cluster): void
}

export const createFaultPlan = (prng: Prng, note: (what: string) => void): FaultPlan => {
  const crashSome = (cluster: Cluster): void => {
    const member = prng.pick(cluster.members)
    if (!member.running) return restart(cluster, member)
    if (prng.chance(500_000)) {
      note(`crash ${member.peerId}`)
      cluster.crash(member)
    } else {
      member.fuse = prng.int(1, 40)
      note(`fuse ${member.peerId} ${member.fuse}`)
    }
    cluster.world.at(cluster.world.now() + prng.int(50, 3_000), () => restart(cluster, member))
  }

  const restart = (cluster: Cluster, member: Member): void => {
    if (member.running) return
    note(`start ${member.peerId}`)
    cluster.start(member)
  }

  const partition = (cluster: Cluster): void => {
    const left = new Set(cluster.members.filter(() => prng.chance(500_000)))
    const asymmetric = prng.chance(300_000)
    note(`${asymmetric ? 'half-' : ''}partition ${[...left].map(({ peerId }) => peerId).join(' ')}`)
    for (const a of cluster.members) {
      for (const b of cluster.members) {
        if (left.has(a) === left.has(b) || (asymmetric && left.has(a))) continue
        cluster.network.cut(a.peerId, b.peerId)
      }
    }
  }

  const weather = (cluster: Cluster): void => {
    const faults = {
      lossPpm: prng.pick([0, 10_000, 100_000, 300_000]),
      duplicatePpm: prng.pick([0, 50_000, 200_000]),
      delayMsMin: 1,
      delayMsMax: prng.pick([2, 20, 200, 1_500])
    }
    note(`weather loss ${faults.lossPpm} dup ${faults.duplicatePpm} delay ${faults.delayMsMax}`)
    cluster.network.setFaults(faults)
  }

  const mend = (cluster: Cluster): void => {
    note('mend')
    cluster.network.mendAll()
  }

  const kinds = [crashSome, crashSome, partition, weather, weather, mend]

  const next = (cluster: Cluster, untilMs: number): void => {
    const { world } = cluster
    world.at(world.now() + prng.int(20, 800), () => {
      if (world.now() >= untilMs) return
      prng.pick(kinds)(cluster)
      next(cluster, untilMs)
    })
  }

  return {
    begin: next,
    heal: cluster => {
      cluster.network.mendAll()
      cluster.network.setFaults(CALM)
      for (const member of cluster.members) {
        member.fuse = Number.POSITIVE_INFINITY
        restart(cluster, member)
      }
    }
  }
}
