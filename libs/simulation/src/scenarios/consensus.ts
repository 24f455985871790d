import { createPrng } from '@quorate/core'
import { charges } from '../checkers/charges.ts'
import { crash, lostMajority } from '../faults/crashes.ts'
import { createFaultPlan } from '../faults/fault-plan.ts'
import { favourOne } from '../faults/favour-one.ts'
import { blackout, isolate, loseSome, mend, partition, weather } from '../faults/links.ts'
import { clockStep, slowNode } from '../faults/pace.ts'
import { BY_HAND, seatPeople } from '../workload/people.ts'
import { createProposalAsk, createRecordAsk } from '../workload/proposals.ts'
import { beginWorkload } from '../workload/workload.ts'
import { pbftGroup } from './pbft.ts'
import type { Scenario } from './scenario.ts'
import { undecided } from './undecided.ts'

/** Clocks are off by half a second in most runs; in some by nearly all that the group allows between two nodes. */
const SKEWS_MS = [500, 500, 500, 59_000]

export const FAULTS = [
  crash,
  crash,
  crash,
  lostMajority,
  partition,
  isolate,
  loseSome,
  favourOne,
  favourOne,
  weather,
  weather,
  weather,
  blackout,
  mend,
  mend,
  slowNode,
  clockStep
]

export const consensus: Scenario = {
  name: 'consensus',
  about: 'records and proposals while nodes crash, links fail and clocks drift',
  plan: ({ prng, note }) => {
    const { group, checkers } = pbftGroup(prng.pick([1, 3, 4, 4, 4, 4, 5, 7]), prng)
    const skewMsMax = prng.pick(SKEWS_MS)
    const faults = createFaultPlan({ prng: createPrng(prng.uint32()), note, faults: FAULTS, pauseMsMax: 800 })
    const wishes = createPrng(prng.uint32())
    const [record, propose] = [createRecordAsk(wishes), createProposalAsk(wishes)]
    const workload = { prng: wishes, note, asks: [record, record, record, propose, propose], pauseMsMax: 400 }
    const byHand = prng.chance(300_000)
    return {
      group: { ...group, skewMsMax, ...(byHand ? { settings: BY_HAND } : {}) },
      checkers: [...checkers, charges],
      faultsMs: 8_000,
      livenessMs: 120_000,
      begin: (cluster, untilMs) => {
        if (byHand) seatPeople(wishes, cluster)
        beginWorkload(workload, cluster, untilMs)
        faults.begin(cluster, untilMs)
      },
      heal: faults.heal,
      missing: undecided
    }
  }
}
