import type {
  EvidenceDetail,
  EvidenceView,
  LedgerEntryView,
  ProposalView,
  ProposeRequest,
  VoteRequest,
  VoteView
} from '@quorate/contracts'
import { z } from 'zod'
import { milliseconds, queryCount, receipt } from './common.ts'

const verdict = z.enum(['accept', 'reject', 'abstain'])

export const IDEMPOTENCY_KEY_CHARS_MAX = 256
const idempotencyKey = z.string().min(1).max(IDEMPOTENCY_KEY_CHARS_MAX)

/** Sizes of statement and data are checked apart: they are QRT_TOO_LARGE, not QRT_USAGE. */
export const proposeRequest: z.ZodType<ProposeRequest> = z.strictObject({
  statement: z.string(),
  data: z.unknown().exactOptional(),
  options: z.array(z.string().min(1).max(256)).max(16).exactOptional(),
  tally: z.enum(['approval', 'ranked', 'weighted']).exactOptional(),
  deadlineMs: milliseconds.exactOptional(),
  orderOnly: z.boolean().exactOptional(),
  wait: z.boolean().exactOptional(),
  idempotencyKey: idempotencyKey.exactOptional()
})

export const idempotencyHeaders = z.looseObject({ 'idempotency-key': idempotencyKey.optional() })

export const voteRequest: z.ZodType<VoteRequest> = z.strictObject({
  verdict,
  confidence: z.number().min(0).max(1).exactOptional(),
  reason: z.string().exactOptional(),
  options: z.array(z.string().min(1).max(256)).max(16).exactOptional()
})

export const voteView: z.ZodType<VoteView> = z.object({
  proposalId: z.string(),
  verdict,
  recorded: z.literal(true)
})

export const proposalView: z.ZodType<ProposalView> = z.object({
  proposalId: z.string(),
  consensusReached: z.boolean(),
  outcome: z.enum(['accepted', 'rejected', 'undecided']),
  decision: z.object({ statement: z.string(), data: z.unknown(), option: z.string().nullable() }).nullable(),
  sequence: z.int().nullable(),
  participatingPeers: z.array(z.string()),
  byzantinePeersDetected: z.array(z.object({ peerId: z.string(), type: z.string(), evidenceId: z.string() })),
  consensusConfidence: z.number().min(0).max(1),
  reason: z.string(),
  receipt: receipt.nullable(),
  statement: z.string(),
  proposer: z.string(),
  deadline: z.string(),
  pending: z.boolean(),
  ballots: z.array(z.object({ peerId: z.string(), verdict, confidence: z.number(), reason: z.string() }))
})

export const pendingQuery = z.strictObject({ pending: z.enum(['true', 'false']).optional() })

export const ledgerQuery = z.strictObject({
  since: queryCount(Number.MAX_SAFE_INTEGER).optional(),
  limit: queryCount(1000).optional()
})

export const ledgerEntry: z.ZodType<LedgerEntryView> = z.object({
  sequence: z.int(),
  kind: z.string(),
  digest: z.string(),
  id: z.string(),
  at: z.string()
})

const evidenceFields = {
  evidenceId: z.string(),
  peerId: z.string(),
  type: z.string(),
  sequence: z.int().nullable(),
  view: z.int().nullable(),
  at: z.string()
}

export const evidenceView: z.ZodType<EvidenceView> = z.object(evidenceFields)

const said = z.object({ frame: z.base64(), says: z.string() })

export const evidenceDetail: z.ZodType<EvidenceDetail> = z.object({
  ...evidenceFields,
  first: said,
  second: said
})
