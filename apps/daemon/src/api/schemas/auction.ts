import type { AuctionReplayView, AuctionView, BidAccepted, BidRequest } from '@quorate/contracts'
import type { AuctionStart } from '@quorate/auction'
import { z } from 'zod'
import { milliseconds, receipt } from './common.ts'
import { IDEMPOTENCY_KEY_CHARS_MAX } from './proposal.ts'

const amounts = z.record(z.string(), z.number())

export const registerAgentRequest = z.strictObject({
  name: z.string().min(1).max(64),
  capabilities: amounts,
  capacity: amounts.exactOptional(),
  rate: z.number().exactOptional(),
  throughput: z.number().exactOptional(),
  quality: z.number().exactOptional(),
  strategy: z.string().exactOptional(),
  exec: z.string().exactOptional()
})

export const agentRegistered = z.object({ agent: z.string(), token: z.string() })

export const agentView = z.looseObject({
  agent: z.string(),
  capabilities: amounts,
  capacity: amounts,
  load: amounts,
  reputation: z.number()
})

/** What the auction library reads, and `run`, which needs an agent adapter. */
export interface AuctionBody extends AuctionStart {
  readonly run?: boolean | undefined
}

export const auctionRequest: z.ZodType<AuctionBody> = z.strictObject({
  task: z.string().min(1),
  requirements: z
    .strictObject({
      capabilities: amounts.exactOptional(),
      cpu: z.number().exactOptional(),
      memory: z.union([z.string(), z.number()]).exactOptional(),
      taskClass: z.string().exactOptional()
    })
    .exactOptional(),
  weights: amounts.exactOptional(),
  work: z.number().exactOptional(),
  reserve: z.number().exactOptional(),
  floor: z.number().exactOptional(),
  scoring: z.string().exactOptional(),
  payment: z.enum(['first-score', 'second-score']).exactOptional(),
  bidWindowMs: milliseconds.exactOptional(),
  minBids: z.number().exactOptional(),
  deadlineMs: milliseconds.exactOptional(),
  wait: z.boolean().exactOptional(),
  idempotencyKey: z.string().min(1).max(IDEMPOTENCY_KEY_CHARS_MAX).exactOptional(),
  initiatorMayBid: z.boolean().exactOptional(),
  targetMs: milliseconds.exactOptional(),
  run: z.boolean().exactOptional()
})

const bid = z.object({
  bidId: z.string(),
  agent: z.string(),
  cost: z.number(),
  quality: z.number(),
  throughput: z.number(),
  note: z.string()
})

export const auctionView: z.ZodType<AuctionView> = z.object({
  auctionId: z.string(),
  auctionSuccessful: z.boolean(),
  winningAgent: z.string().nullable(),
  winningBid: bid.nullable(),
  payment: z.number().nullable(),
  alternates: z.array(z.string()),
  fencingToken: z.int().nullable(),
  evaluationScores: z.record(z.string(), z.looseObject({ overall: z.number(), criteria: amounts })),
  riskAssessment: z.object({
    level: z.enum(['low', 'medium', 'high']),
    factors: z.array(
      z.object({ agent: z.string(), factor: z.string(), level: z.number(), detail: z.string() })
    )
  }),
  auctionSummary: z.record(z.string(), z.unknown()),
  reason: z.string(),
  receipt: receipt.nullable(),
  task: z.string(),
  phase: z.enum(['bidding', 'revealing', 'awarded', 'no-award', 'cancelled']),
  sequence: z.int().nullable()
})

export const bidRequest: z.ZodType<BidRequest> = z.strictObject({
  agent: z.string().min(1).max(192),
  cost: z.number(),
  quality: z.number(),
  throughput: z.number(),
  note: z.string().exactOptional()
})

export const bidAccepted: z.ZodType<BidAccepted> = z.object({
  auctionId: z.string(),
  bidId: z.string(),
  sealed: z.literal(true)
})

export const auctionReplay: z.ZodType<AuctionReplayView> = z.looseObject({
  auctionId: z.string(),
  matches: z.boolean(),
  recorded: z.string(),
  recomputed: z.string()
})
