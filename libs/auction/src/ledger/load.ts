import type { AgentAddress, StateReader, TimeMs } from '@quorate/contracts'
import type { AuctionSpec } from '../wire/auction-entries.ts'
import { readAuctionState } from './auction-state.ts'
import { listEnded } from './lifecycle.ts'

/** What agents are busy with: base units per resource. */
export type Loads = ReadonlyMap<AgentAddress, { readonly [resource: string]: number }>

const BUSY_MS_MAX = 24 * 3600 * 1000

/** Work over throughput in whole milliseconds, rounded up, at most a day. */
export const busyMsOf = (spec: AuctionSpec, throughput: bigint): number => {
  const ms = (BigInt(spec.work) * 1000n + throughput - 1n) / throughput
  return ms > BigInt(BUSY_MS_MAX) ? BUSY_MS_MAX : Number(ms)
}

const add = (
  a: { readonly [resource: string]: number },
  b: { readonly [resource: string]: number }
): { [resource: string]: number } => {
  const sum = new Map(Object.entries(a))
  for (const [name, amount] of Object.entries(b)) {
    sum.set(name, Math.min(Number.MAX_SAFE_INTEGER, (sum.get(name) ?? 0) + amount))
  }
  return Object.fromEntries(sum)
}

/**
 * Resources of the awards that are still being worked on. Until leases exist, an award occupies its winner
 * for the time that its own throughput implies, and only while the auction is in the state. Rule A6.
 */
export const readLoads = (auctions: StateReader, now: TimeMs): Loads => {
  const loads = new Map<AgentAddress, { readonly [resource: string]: number }>()
  for (const id of listEnded(auctions)) {
    const auction = readAuctionState(auctions, id)
    const award = auction?.progress.award
    if (!auction || !award?.winner || award.busyUntil <= now) continue
    loads.set(award.winner, add(loads.get(award.winner) ?? {}, auction.lot.spec.resources))
  }
  return loads
}
