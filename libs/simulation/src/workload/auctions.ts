import {
  AGENTS_MODULE,
  AUCTION_MODULE,
  hostOf,
  nameOf,
  readAgents,
  type AuctionCommand,
  type AuctionSpec,
  type Registration
} from '@quorate/auction'
import type { StateReader } from '@quorate/contracts'
import { sha256Bytes, utf8, type Prng } from '@quorate/core'
import type { Member } from '../cluster/member.ts'
import type { Ask } from './workload.ts'

const NAMES = ['ada', 'bob', 'cy'] as const
const MICRO = 1_000_000

const registrationOf = (prng: Prng): Registration => ({
  name: prng.pick(NAMES),
  capabilities: { gpu: prng.int(500_000, MICRO) },
  capacity: { cpu: 4_000 },
  rate: prng.int(1, 5) * MICRO,
  throughput: prng.pick([null, MICRO, 3 * MICRO]),
  quality: prng.pick([null, 400_000, 900_000]),
  strategy: prng.pick(['truthful', 'truthful', 'cost-plus', 'manual'])
})

const specOf = (prng: Prng, number: number): AuctionSpec => {
  const scoring = prng.pick(['anchored', 'anchored', 'minmax'])
  return {
    task: `task ${number}`,
    taskClass: 'general',
    capabilities: prng.chance(500_000) ? { gpu: prng.int(500_000, 900_000) } : {},
    resources: { cpu: prng.pick([500, 2_000, 5_000]) },
    weights: { cost: 400_000, quality: 300_000, performance: 200_000, reliability: 100_000 },
    work: 10 * MICRO,
    reserve: prng.pick([15, 40, 100]) * MICRO,
    floor: 0,
    targetMs: 10_000,
    scoring: { id: scoring, version: 1 },
    payment: scoring === 'anchored' ? prng.pick(['first-score', 'second-score']) : 'first-score',
    minBids: prng.pick([1, 1, 2]),
    bidWindowMs: prng.int(200, 1_500),
    initiatorMayBid: prng.chance(300_000),
    nonce: sha256Bytes(utf8(`auction ${number}`)).slice(0, 16)
  }
}

const order = (member: Member, command: AuctionCommand): void => member.running?.node.command(command)

/** Where the auction module lists the auctions that are not over: `open/<initiator>/<id>`. */
const OPEN = 'open/'

const stateOf = (member: Member): StateReader | undefined => member.running?.ledger.state

/** What users of an auction ask for: agents come and go, lots are announced, bids made by hand, auctions cancelled. */
export const createAuctionAsks = (prng: Prng): { readonly [name: string]: Ask } => {
  let made = 0
  const token = (): string => `sim:a${++made}`

  return {
    register: (_, member) =>
      order(member, {
        name: 'auction.register-agent',
        payload: { token: token(), agent: registrationOf(prng) }
      }),
    remove: (_, member) => {
      const agents = stateOf(member)?.module(AGENTS_MODULE)
      const own = agents ? readAgents(agents, member.peerId)[0] : undefined
      if (own)
        order(member, {
          name: 'auction.remove-agent',
          payload: { token: token(), name: nameOf(own.address) }
        })
    },
    announce: (_, member) =>
      order(member, { name: 'auction.announce', payload: { token: token(), spec: specOf(prng, ++made) } }),
    cancel: (_, member) => {
      const auction = prng.pick([undefined, ...openAuctions(member)])
      if (auction) order(member, { name: 'auction.cancel', payload: { token: token(), auction } })
    },
    bid: (_, member) => {
      const auction = openAuctions(member)[0]
      const agents = stateOf(member)?.module(AGENTS_MODULE)
      const own = agents && readAgents(agents).find(({ address }) => hostOf(address) === member.peerId)
      if (!auction || !own) return
      const bid = { cost: prng.int(5, 60) * MICRO, quality: 700_000, throughput: MICRO, note: '' }
      order(member, {
        name: 'auction.bid',
        payload: { token: token(), auction, agent: nameOf(own.address), bid }
      })
    }
  }
}

/** Auctions that are not over, as the member sees them. */
export const openAuctions = (member: Member): readonly string[] =>
  (stateOf(member)?.module(AUCTION_MODULE).range(OPEN) ?? []).map(([key]) =>
    key.slice(key.lastIndexOf('/') + 1)
  )
