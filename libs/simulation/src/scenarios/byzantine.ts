import type { PeerId } from '@quorate/contracts'
import { createPrng, faultToleranceMax, type Prng } from '@quorate/core'
import type { Lie } from '../byzantine/liar.ts'
import { FORK, LIES } from '../byzantine/lies.ts'
import { charges } from '../checkers/charges.ts'
import { crash } from '../faults/crashes.ts'
import { amnesia } from '../faults/amnesia.ts'
import { createFaultPlan } from '../faults/fault-plan.ts'
import { mend, partition, weather } from '../faults/links.ts'
import { slowNode } from '../faults/pace.ts'
import { createProposalAsk, createRecordAsk } from '../workload/proposals.ts'
import { beginWorkload } from '../workload/workload.ts'
import { pbftGroup } from './pbft.ts'
import type { Scenario } from './scenario.ts'
import { undecided } from './undecided.ts'

const FAULTS = [crash, amnesia, partition, weather, weather, mend, mend, slowNode]

/** Up to f liars; in a third of the runs they try to fork the group together. */
const chooseLiars = (peers: number, prng: Prng): ReadonlyMap<PeerId, readonly Lie[]> => {
  const names = Array.from({ length: peers }, (_, i) => `peer-${i + 1}`)
  const liars = prng.shuffle(names).slice(0, prng.int(1, faultToleranceMax(peers)))
  const together = prng.chance(330_000)
  return new Map(liars.map(peer => [peer, together ? FORK : LIES.filter(() => prng.chance(150_000))]))
}

export const byzantine: Scenario = {
  name: 'byzantine',
  about: 'at most f peers lie in every way that there is, while others crash and links fail',
  plan: ({ prng, note }) => {
    const peers = prng.pick([4, 4, 4, 7])
    const { group, checkers } = pbftGroup(peers, prng)
    const liars = chooseLiars(peers, prng)
    const gossip = prng.chance(300_000)
    const faults = createFaultPlan({
      prng: createPrng(prng.uint32()),
      note,
      faults: FAULTS,
      pauseMsMax: 1_500
    })
    const wishes = createPrng(prng.uint32())
    const [record, propose] = [createRecordAsk(wishes), createProposalAsk(wishes)]
    for (const [peer, lies] of liars) note(`${peer} lies: ${lies.map(({ name }) => name).join(', ')}`)
    return {
      group: { ...group, liars, gossip },
      // What gossip relays is held against the relayer, who may be honest.
      checkers: gossip ? checkers : [...checkers, charges],
      faultsMs: 6_000,
      livenessMs: 240_000,
      begin: (cluster, untilMs) => {
        const workload = { prng: wishes, note, asks: [record, record, propose], pauseMsMax: 500 }
        beginWorkload(workload, cluster, untilMs)
        faults.begin(cluster, untilMs)
      },
      heal: faults.heal,
      missing: undecided
    }
  }
}
