/** The example at the end of docs/protocol/auction.md, computed by the code. */
import { encodeCbor, sha256, toHex } from '@quorate/core'
import {
  announceDraft,
  auctionIdOf,
  BUILT_IN_CATALOGUE,
  commitOf,
  evaluate,
  resultDigestOf,
  specDigestOf,
  type AuctionSpec,
  type Bid,
  type Candidate
} from '../../src/index.ts'

const INITIATOR = 'peer-a'

export const EXAMPLE_SPEC: AuctionSpec = {
  task: 'Transcode talk.mp4',
  taskClass: 'transcode',
  capabilities: { gpu: 800_000 },
  resources: { cpu: 2000 },
  weights: { cost: 4, quality: 3, performance: 2, reliability: 1 },
  work: 10_000_000,
  reserve: 30_000_000,
  floor: 5_000_000,
  targetMs: 8000,
  scoring: { id: 'anchored', version: 1 },
  payment: 'second-score',
  minBids: 1,
  bidWindowMs: 2000,
  initiatorMayBid: false,
  nonce: new Uint8Array(16).fill(7)
}

const AGENT: Candidate = {
  version: 1,
  rate: 1_000_000,
  throughput: 1_000_000,
  quality: 900_000,
  marginPpm: 100_000,
  utilisationPpm: 500_000,
  alpha: 1_000_000,
  beta: 1_000_000
}

const BIDS: readonly { agent: string; bid: Bid; salt: number; candidate: Candidate }[] = [
  {
    agent: 'peer-b/fast',
    bid: { cost: 12_000_000, quality: 900_000, throughput: 1_000_000, note: '' },
    salt: 1,
    candidate: AGENT
  },
  {
    agent: 'peer-c/cheap',
    bid: { cost: 8_000_000, quality: 950_000, throughput: 900_000, note: '' },
    salt: 2,
    candidate: { ...AGENT, quality: 600_000, throughput: 750_000, beta: 2_000_000 }
  }
]

/** Every value that the document states, as the document writes it. */
export const exampleLines = (): readonly string[] => {
  const body = announceDraft(EXAMPLE_SPEC).body
  const auction = auctionIdOf(INITIATOR, body)
  const specDigest = specDigestOf(EXAMPLE_SPEC)
  const parent = sha256(encodeCbor('parent'))
  const bids = BIDS.map(({ agent, bid, salt: byte, candidate }) => {
    const salt = new Uint8Array(32).fill(byte)
    return { agent, bid, salt, candidate, bidId: commitOf({ auction, agent, specDigest, bid, salt }) }
  })
  const result = evaluate(
    { auction, spec: EXAMPLE_SPEC, parent, bids, unrevealed: [], eligible: 2, barred: 0 },
    BUILT_IN_CATALOGUE
  )
  return [
    `announce body ${toHex(body)}`,
    `auction id ${auction}`,
    `spec digest ${specDigest}`,
    `parent ${parent}`,
    ...bids.map(({ agent, bidId }) => `commit of ${agent} ${bidId}`),
    `beacon ${result.beacon}`,
    `weights ${result.weights.map(({ id, ppm }) => `${id} ${ppm}`).join(', ')}`,
    ...result.ranked.map(
      ({ bid, total, criteria }) =>
        `${bid.agent} ${criteria.map(({ id, scorePpm }) => `${id} ${scorePpm}`).join(', ')}, total ${total}`
    ),
    ...result.risks.map(({ agent, factor, levelPpm }) => `risk ${agent} ${factor} ${levelPpm}`),
    `winner ${result.winner}, payment ${result.payment}`,
    `result ${resultDigestOf(result)}`
  ]
}
