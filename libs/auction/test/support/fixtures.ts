import { encodeCbor, sha256, sha256Bytes } from '@quorate/core'
import type { AuctionSpec, Bid, Candidate, Registration, RevealedBid } from '../../src/index.ts'

export const PEERS = ['peer-a', 'peer-b', 'peer-c', 'peer-d'] as const

export const seedBytes = (seed: string | number, length: number): Uint8Array =>
  sha256Bytes(encodeCbor(['seed', seed])).slice(0, length)

export const registration = (name: string, more: Partial<Registration> = {}): Registration => ({
  name,
  capabilities: { gpu: 900_000 },
  capacity: { cpu: 4000, memory: 8_000_000_000 },
  rate: 1_000_000,
  throughput: 2_000_000,
  quality: 800_000,
  strategy: 'truthful',
  ...more
})

/** Ten units of work, reserve 30, floor 0, target 10 s, weights as standard. */
export const spec = (more: Partial<AuctionSpec> = {}): AuctionSpec => ({
  task: 'Transcode talk.mp4',
  taskClass: 'transcode',
  capabilities: { gpu: 800_000 },
  resources: { cpu: 2000 },
  weights: { cost: 400_000, quality: 300_000, performance: 200_000, reliability: 100_000 },
  work: 10_000_000,
  reserve: 30_000_000,
  floor: 0,
  targetMs: 10_000,
  scoring: { id: 'anchored', version: 1 },
  payment: 'first-score',
  minBids: 1,
  bidWindowMs: 2000,
  initiatorMayBid: false,
  nonce: seedBytes('nonce', 16),
  ...more
})

export const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  version: 1,
  rate: 1_000_000,
  throughput: null,
  quality: null,
  marginPpm: 200_000,
  utilisationPpm: 500_000,
  alpha: 1_000_000,
  beta: 1_000_000,
  ...more
})

export const bidOf = (cost: number, quality: number, throughput = 1): Bid => ({
  cost: Math.round(cost * 1_000_000),
  quality: Math.round(quality * 1_000_000),
  throughput: Math.round(throughput * 1_000_000),
  note: ''
})

export const revealed = (agent: string, bid: Bid, more: Partial<Candidate> = {}): RevealedBid => ({
  agent,
  bidId: sha256(encodeCbor(['bid', agent])),
  bid,
  salt: seedBytes(agent, 32),
  candidate: candidate(more)
})

/** The whole evaluation's inputs for bids in a spec. */
export const inputOf = (bids: readonly RevealedBid[], lot: AuctionSpec = spec()) => ({
  auction: sha256(encodeCbor('auction')),
  spec: lot,
  parent: sha256(encodeCbor('parent')),
  bids,
  unrevealed: [],
  eligible: bids.length,
  barred: 0
})
