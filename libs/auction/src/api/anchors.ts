import type { StateReader } from '@quorate/contracts'
import { AGENTS_MODULE, readAgents } from '../agents/agent-state.ts'
import { THROUGHPUT_UNDECLARED } from '../bidding/bid-strategy.ts'
import { isCapable, type Needs } from '../ledger/eligibility.ts'

const RATE_STANDARD = 1_000_000

/** Registered rates and throughputs of the agents that could do the work; the initiator's count as well. */
interface Market {
  readonly rates: readonly number[]
  readonly throughputs: readonly number[]
}

export const readMarket = (state: StateReader, needs: Needs): Market => {
  const capable = readAgents(state.module(AGENTS_MODULE)).filter(({ registration }) =>
    isCapable(registration, needs)
  )
  return {
    rates: capable.map(({ registration }) => registration.rate).filter(rate => rate > 0),
    throughputs: capable.map(({ registration }) => registration.throughput ?? THROUGHPUT_UNDECLARED)
  }
}

/** The upper median; `standard` when there is none. */
const median = (values: readonly number[], standard: number): bigint =>
  BigInt(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? standard)

const fit = (value: bigint): number =>
  value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : value < 1n ? 1 : Number(value)

/**
 * A reserve for an announcement that names none: three times the work at the median registered rate. From
 * registrations, never from bids; the median, so that no single agent moves it far. Micro cost.
 */
export const standardReserve = (work: number, { rates }: Market): number =>
  fit((3n * BigInt(work) * median(rates, RATE_STANDARD) + 999_999n) / 1_000_000n)

/**
 * A target duration for an announcement that names none: half of what the median registered throughput takes.
 */
export const standardTargetMs = (work: number, { throughputs }: Market): number =>
  fit((BigInt(work) * 1000n) / (2n * median(throughputs, THROUGHPUT_UNDECLARED)))
