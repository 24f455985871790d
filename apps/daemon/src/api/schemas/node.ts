import type {
  ConfigEntry,
  CountersView,
  GroupExport,
  MemberView,
  PeerView,
  StatusView
} from '@quorate/contracts'
import { z } from 'zod'

const role = z.enum(['voter', 'observer'])

/** `status`, with where this node listens and how it can be reached over TCP. */
export interface NodeStatus extends StatusView {
  readonly addresses: readonly string[]
}

export const statusView: z.ZodType<NodeStatus> = z.object({
  state: z.enum(['ready', 'syncing', 'no-quorum', 'degraded']),
  groupId: z.string(),
  peerId: z.string(),
  member: z.string(),
  role,
  epoch: z.int(),
  voters: z.int(),
  quorum: z.int(),
  faultTolerance: z.int(),
  height: z.int().describe('entries on the ledger'),
  view: z.int(),
  primary: z.string(),
  connectedVoters: z.int().describe('this node among them when it votes'),
  absentVoters: z.array(z.string()),
  lastDecisionAt: z.string().nullable(),
  version: z.string(),
  votersMissing: z.int().describe('voters to add before one more liar is tolerated'),
  pid: z.int(),
  addresses: z.array(z.string())
})

export const peerView: z.ZodType<PeerView> = z.object({
  peerId: z.string(),
  member: z.string(),
  role,
  connected: z.boolean(),
  addresses: z.array(z.string()),
  latencyMs: z.number().nullable(),
  score: z.number().describe('0 is good; what this node had to refuse of the peer lowers it')
})

const counts = z.record(z.string(), z.int())

export const countersView: z.ZodType<CountersView> = z.object({ node: counts, network: counts })

export const memberView: z.ZodType<MemberView> = z.object({
  peerId: z.string(),
  member: z.string(),
  role,
  weight: z.int(),
  publicKey: z.string().describe('Ed25519, hex')
})

export const groupExport: z.ZodType<GroupExport> = z.object({
  format: z.literal('quorate-group/1'),
  groupId: z.string(),
  founding: z.base64(),
  epochs: z.array(
    z.object({
      epoch: z.int(),
      voters: z.array(z.object({ peerId: z.string(), weight: z.int() })),
      faultTolerance: z.int(),
      quorum: z.int(),
      digest: z.string()
    })
  )
})

export const connectRequest = z.strictObject({
  peerId: z.string().min(1).max(64),
  addresses: z.array(z.string().min(1).max(320)).min(1).max(16)
})

export const connected = z.object({ peerId: z.string(), addresses: z.array(z.string()).readonly() })

export const configEntry: z.ZodType<ConfigEntry> = z.object({
  key: z.string(),
  value: z.unknown(),
  origin: z.enum(['flag', 'env', 'file', 'default'])
})
