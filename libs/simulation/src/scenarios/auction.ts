import { createPrng } from '@quorate/core'
import { chooseLiars, describeLiars } from '../byzantine/choose-liars.ts'
import { awards } from '../checkers/awards.ts'
import { charges } from '../checkers/charges.ts'
import { sealedBids } from '../checkers/sealed-bids.ts'
import { crash } from '../faults/crashes.ts'
import { createFaultPlan } from '../faults/fault-plan.ts'
import { mend, partition, weather } from '../faults/links.ts'
import { clockStep, slowNode } from '../faults/pace.ts'
import { createAuctionAsks, openAuctions } from '../workload/auctions.ts'
import { beginWorkload, type Ask } from '../workload/workload.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { pbftGroup } from './pbft.ts'
import type { Scenario } from './scenario.ts'
import { undecided } from './undecided.ts'

const FAULTS = [crash, crash, partition, weather, weather, mend, mend, slowNode, clockStep]

/** How often each thing is asked for. */
const WEIGHTS: { readonly [name: string]: number } = {
  register: 4,
  announce: 3,
  bid: 3,
  remove: 1,
  cancel: 1
}

const weighted = (asks: { readonly [name: string]: Ask }): Ask[] =>
  Object.entries(asks).flatMap(([name, ask]) => Array.from({ length: WEIGHTS[name] ?? 1 }, () => ask))

export const auction: Scenario = {
  name: 'auction',
  about:
    'agents, lots, bids and awards under the same faults; the daemons bid, close, reveal and award by themselves',
  plan: ({ prng, note }) => {
    const peers = prng.pick([1, 4, 4, 4, 5])
    const { group, checkers } = pbftGroup(peers, prng)
    const config = { revealWindowMs: 1_500, finishedMax: prng.pick([2, 256]) }
    const faults = createFaultPlan({
      prng: createPrng(prng.uint32()),
      note,
      faults: FAULTS,
      pauseMsMax: 1_200
    })
    const wishes = createPrng(prng.uint32())
    const asks = weighted(createAuctionAsks(wishes))
    const liars = prng.chance(300_000) ? chooseLiars(peers, prng) : new Map()
    for (const line of describeLiars(liars)) note(line)
    return {
      group: { ...group, liars, auction: config, skewMsMax: prng.pick([500, 500, 3_000]) },
      checkers: [...checkers, charges, awards(config), sealedBids],
      faultsMs: 8_000,
      livenessMs: 240_000,
      begin: (cluster, untilMs) => {
        beginWorkload({ prng: wishes, note, asks, pauseMsMax: 400 }, cluster, untilMs)
        faults.begin(cluster, untilMs)
      },
      heal: faults.heal,
      missing: cluster => [...undecided(cluster), ...unsettled(cluster)]
    }
  }
}

/** Auctions that go on, at any honest node. */
export const unsettled = ({ members }: Cluster): readonly string[] =>
  members
    .filter(({ honest }) => honest)
    .flatMap(member => openAuctions(member).map(id => `${member.peerId} shows ${id.slice(0, 8)} as not over`))
