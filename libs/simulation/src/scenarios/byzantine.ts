import { createPrng } from '@quorate/core'
import { chooseLiars, describeLiars } from '../byzantine/choose-liars.ts'
import { charges } from '../checkers/charges.ts'
import { crash } from '../faults/crashes.ts'
import { amnesia } from '../faults/amnesia.ts'
import { createFaultPlan } from '../faults/fault-plan.ts'
import { favourOne } from '../faults/favour-one.ts'
import { isolate, loseSome, mend, weather } from '../faults/links.ts'
import { slowNode } from '../faults/pace.ts'
import { createProposalAsk, createRecordAsk } from '../workload/proposals.ts'
import { beginWorkload } from '../workload/workload.ts'
import { pbftGroup } from './pbft.ts'
import type { Scenario } from './scenario.ts'
import { undecided } from './undecided.ts'

const FAULTS = [crash, amnesia, isolate, favourOne, loseSome, weather, weather, mend, mend, slowNode]

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
    for (const line of describeLiars(liars)) note(line)
    return {
      group: { ...group, liars, gossip },
      checkers: [...checkers, charges],
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
