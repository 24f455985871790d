/**
 * Objects of the control API and of `--json`, named as in the contract. Fields may be added; these stay.
 */
import type { Receipt } from './receipt.ts'

export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly suggestions: readonly string[] }
}

export type NodeState = 'ready' | 'syncing' | 'no-quorum' | 'degraded'

export interface StatusView {
  readonly state: NodeState
  readonly groupId: string
  readonly peerId: string
  readonly member: string
  readonly role: 'voter' | 'observer'
  readonly epoch: number
  readonly voters: number
  readonly quorum: number
  readonly faultTolerance: number
  readonly height: number
  readonly view: number
  readonly primary: string
  readonly connectedVoters: number
  readonly absentVoters: readonly string[]
  readonly lastDecisionAt: string | null
  readonly version: string
  /** How many voters have to be added for one more Byzantine voter to be tolerated. */
  readonly votersMissing: number
  readonly pid: number
}

export interface PeerView {
  readonly peerId: string
  readonly member: string
  readonly role: 'voter' | 'observer'
  readonly connected: boolean
  readonly addresses: readonly string[]
  readonly latencyMs: number | null
  /** This node's own judgement: 0 is good; each frame or stream that it had to refuse lowers it, time heals it. */
  readonly score: number
}

/** What this node counted since its start, by name: what it refused, and why; what the network moved and dropped. */
export interface CountersView {
  readonly node: { readonly [name: string]: number }
  readonly network: { readonly [name: string]: number }
}

export interface MemberView {
  readonly peerId: string
  readonly member: string
  readonly role: 'voter' | 'observer'
  readonly weight: number
  readonly publicKey: string
}

export type Outcome = 'accepted' | 'rejected' | 'undecided'

export interface ByzantinePeer {
  readonly peerId: string
  readonly type: string
  readonly evidenceId: string
}

/** JSON bodies of requests. Durations are milliseconds here; the command line parses `30s`. */
export interface ProposeRequest {
  readonly statement: string
  readonly data?: unknown
  readonly options?: readonly string[]
  readonly tally?: 'approval' | 'ranked' | 'weighted'
  readonly deadlineMs?: number
  readonly orderOnly?: boolean
  readonly wait?: boolean
  readonly idempotencyKey?: string
}

export interface ProposalView {
  readonly proposalId: string
  readonly consensusReached: boolean
  readonly outcome: Outcome
  readonly decision: {
    readonly statement: string
    readonly data: unknown
    readonly option: string | null
  } | null
  readonly sequence: number | null
  readonly participatingPeers: readonly string[]
  readonly byzantinePeersDetected: readonly ByzantinePeer[]
  readonly consensusConfidence: number
  readonly reason: string
  readonly receipt: Receipt | null
  readonly statement: string
  readonly proposer: string
  readonly deadline: string
  readonly pending: boolean
  readonly ballots: readonly {
    readonly peerId: string
    readonly verdict: BallotVerdict
    readonly confidence: number
    readonly reason: string
  }[]
}

export type BallotVerdict = 'accept' | 'reject' | 'abstain'

export interface VoteRequest {
  readonly verdict: BallotVerdict
  readonly confidence?: number
  readonly reason?: string
  readonly options?: readonly string[]
}

export interface VoteView {
  readonly proposalId: string
  readonly verdict: BallotVerdict
  readonly recorded: true
}

export interface LedgerEntryView {
  readonly sequence: number
  readonly kind: string
  readonly digest: string
  readonly id: string
  readonly at: string
}

export interface EvidenceView {
  readonly evidenceId: string
  readonly peerId: string
  readonly type: string
  readonly sequence: number | null
  readonly view: number | null
  readonly at: string
}

/** `evidence show`: with the two frames (base64) that convict. */
export interface EvidenceDetail extends EvidenceView {
  readonly first: { readonly frame: string; readonly says: string }
  readonly second: { readonly frame: string; readonly says: string }
}

export interface RegisterAgentRequest {
  readonly name: string
  /** Level per capability, 0..1. */
  readonly capabilities: { readonly [capability: string]: number }
  /** Amounts in base units: cores, bytes. */
  readonly capacity?: { readonly [resource: string]: number }
  /** Cost per unit of work. */
  readonly rate?: number
  /** Units of work per second. */
  readonly throughput?: number
  /** 0..1 */
  readonly quality?: number
  readonly strategy?: string
}

export interface AgentRegistered {
  readonly agent: string
  readonly token: string
}

export interface AgentView {
  readonly agent: string
  readonly capabilities: { readonly [capability: string]: number }
  readonly capacity: { readonly [resource: string]: number }
  readonly load: { readonly [resource: string]: number }
  readonly reputation: number
}

export interface AuctionRequest {
  readonly task: string
  readonly requirements?: {
    readonly capabilities?: { readonly [capability: string]: number }
    readonly cpu?: number
    readonly memory?: string | number
    readonly taskClass?: string
  }
  readonly weights?: { readonly [criterion: string]: number }
  readonly work?: number
  readonly reserve?: number
  readonly floor?: number
  readonly scoring?: string
  readonly payment?: 'first-score' | 'second-score'
  readonly bidWindowMs?: number
  readonly minBids?: number
  /** How fast is fast enough: the anchor of the performance score. Default: from the registered throughputs. */
  readonly targetMs?: number
  /** Lets agents of the announcing member bid, who otherwise are barred (shills). */
  readonly initiatorMayBid?: boolean
  readonly deadlineMs?: number
  readonly wait?: boolean
  readonly idempotencyKey?: string
}

export interface BidView {
  readonly bidId: string
  readonly agent: string
  readonly cost: number
  readonly quality: number
  readonly throughput: number
  readonly note: string
}

export interface ScoreView {
  readonly overall: number
  readonly criteria: { readonly [criterion: string]: number }
}

export interface AuctionView {
  readonly auctionId: string
  readonly auctionSuccessful: boolean
  readonly winningAgent: string | null
  readonly winningBid: BidView | null
  readonly payment: number | null
  /** Ranked, best first. */
  readonly alternates: readonly string[]
  readonly fencingToken: number | null
  readonly evaluationScores: { readonly [agent: string]: ScoreView }
  readonly riskAssessment: {
    readonly level: 'low' | 'medium' | 'high'
    readonly factors: readonly {
      readonly agent: string
      readonly factor: string
      readonly level: number
      readonly detail: string
    }[]
  }
  readonly auctionSummary: { readonly [key: string]: unknown }
  readonly reason: string
  readonly receipt: Receipt | null
  readonly task: string
  readonly phase: 'bidding' | 'revealing' | 'awarded' | 'no-award' | 'cancelled'
  readonly sequence: number | null
}

export interface AuctionReplayView {
  readonly auctionId: string
  readonly matches: boolean
  readonly recorded: string
  readonly recomputed: string
}

export interface BidRequest {
  readonly agent: string
  readonly cost: number
  readonly quality: number
  readonly throughput: number
  readonly note?: string
}

export interface BidAccepted {
  readonly auctionId: string
  readonly bidId: string
  readonly sealed: true
}

export interface DoctorCheck {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly hint: string
}

/** One line of `GET /v1/events` (SSE data) and of `--follow`. */
export interface EventView {
  readonly cursor: number | null
  readonly type: string
  readonly at: string
  readonly data: unknown
}
