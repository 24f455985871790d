import type { ByzantinePeer, Ledger, Opened, ProposalView, StoreReader } from '@quorate/contracts'
import {
  DECISION_KIND,
  RECORD_KIND,
  ballotEvidenceId,
  checkTally,
  decisionShape,
  decodeCbor,
  proposalShape,
  recordShape,
  ballotShape,
  tallyConfidencePpm,
  type Ballot,
  type Proposal
} from '@quorate/core'
import { loadBallots, loadProposals, BALLOT_SPACES } from './records.ts'

/** A proposal as the API shows it; the receipt is added by who can make one. */
export type ProposalRead = Omit<ProposalView, 'receipt'>

export interface ProposalReaderInit {
  readonly store: StoreReader
  readonly ledger: Pick<Ledger, 'history' | 'application' | 'state'>
  readonly open: (frame: Uint8Array) => Opened
  now(): number
  /** ISO 8601 text of a time in ms. */
  isoTime(ms: number): string
}

export interface ProposalReader {
  show(id: string): ProposalRead | undefined
  /** Proposals that are not decided; `pending` leaves out those whose deadline has passed. Newest first. */
  open(pending: boolean): ProposalRead[]
}

interface Cast {
  readonly peerId: string
  readonly ballot: Ballot
}

/** Views of proposals, from the ledger when they are decided, else from what this node has stored. */
export const createProposalReader = (init: ProposalReaderInit): ProposalReader => {
  const { store, ledger, open } = init

  const byzantine = (id: string): ByzantinePeer[] =>
    ledger.application.voters().voters.flatMap(({ peerId }) => {
      const evidenceId = ballotEvidenceId(peerId, ledger.application.voters().epoch, id)
      const known = ledger.state.module('evidence').get(`conviction/${evidenceId}`) !== undefined
      return known ? [{ peerId, type: 'ballot', evidenceId }] : []
    })

  const base = (about: {
    id: string
    proposer: string
    proposal: Proposal
    ballots: readonly Cast[]
  }): ProposalRead => ({
    proposalId: about.id,
    consensusReached: false,
    outcome: 'undecided',
    decision: null,
    sequence: null,
    participatingPeers: about.ballots.map(({ peerId }) => peerId),
    byzantinePeersDetected: byzantine(about.id),
    consensusConfidence: 0,
    reason: 'no outcome has been ordered',
    statement: about.proposal.statement,
    proposer: about.proposer,
    deadline: init.isoTime(about.proposal.deadline),
    pending: about.proposal.deadline > init.now(),
    ballots: about.ballots.map(({ peerId, ballot }) => ({
      peerId,
      verdict: ballot.verdict,
      confidence: ballot.confidencePpm / 1_000_000,
      reason: ballot.reason
    }))
  })

  const readStored = (frame: Uint8Array): ProposalRead[] => {
    const opened = open(frame)
    const proposal = opened.ok ? proposalShape.decode(opened.envelope.body) : undefined
    if (!opened.ok || !proposal) return []
    const ballots = loadBallots(store, opened.envelope.digest).flatMap((ballotFrame): Cast[] => {
      const cast = open(ballotFrame)
      const ballot = cast.ok ? ballotShape.decode(cast.envelope.body) : undefined
      return cast.ok && ballot ? [{ peerId: cast.envelope.author, ballot }] : []
    })
    return [base({ id: opened.envelope.digest, proposer: opened.envelope.author, proposal, ballots })]
  }

  const readDecision = (bytes: Uint8Array, sequence: number): ProposalRead | undefined => {
    const body = decodeCbor(bytes)
    const decision = body === undefined ? undefined : decisionShape.decode(body)
    const set = ledger.application.voters()
    const tally = decision && checkTally(decision, set, open)
    if (!decision || !tally || 'code' in tally) return undefined
    const { proposal, proposer, proposalId: id } = tally
    const ballots = tally.ballots.map(({ envelope, ballot }) => ({ peerId: envelope.author, ballot }))
    const accepted = decision.outcome === 'accepted'
    return {
      ...base({ id, proposer, proposal, ballots }),
      consensusReached: true,
      outcome: decision.outcome,
      decision: accepted ? { statement: proposal.statement, data: parse(proposal.data), option: null } : null,
      sequence,
      consensusConfidence:
        tallyConfidencePpm(
          ballots.map(({ ballot }) => ballot),
          set
        ) / 1_000_000,
      reason: `${ballots.length} of ${set.voters.length} voters ${accepted ? 'accept' : 'reject'}`,
      pending: false
    }
  }

  const readRecord = (
    id: string,
    bytes: Uint8Array,
    placed: { author: string; sequence: number; time: number }
  ): ProposalRead | undefined => {
    const body = decodeCbor(bytes)
    const record = body === undefined ? undefined : recordShape.decode(body)
    if (!record) return undefined
    const { statement, data } = record
    const proposal: Proposal = {
      statement,
      data,
      options: [],
      tally: null,
      createdAt: placed.time,
      deadline: placed.time,
      nonce: new Uint8Array()
    }
    return {
      ...base({ id, proposer: placed.author, proposal, ballots: [] }),
      consensusReached: true,
      outcome: 'accepted',
      decision: { statement, data: parse(data), option: null },
      sequence: placed.sequence,
      consensusConfidence: 1,
      reason: 'ordered without ballots',
      pending: false
    }
  }

  const readOrdered = (id: string): ProposalRead | undefined => {
    const sequence = ledger.history.find(id)
    const placed = sequence === undefined ? undefined : ledger.history.entry(sequence)
    if (!placed) return undefined
    const { entry, time } = placed
    if (entry.kind === DECISION_KIND) return readDecision(entry.body, placed.sequence)
    return entry.kind === RECORD_KIND
      ? readRecord(id, entry.body, { author: entry.author, sequence: placed.sequence, time })
      : undefined
  }

  return {
    show: id => {
      const ordered = readOrdered(id)
      if (ordered) return ordered
      const frame = store.get(BALLOT_SPACES.proposals, id)
      return frame && readStored(frame)[0]
    },
    open: pending =>
      loadProposals(store)
        .flatMap(readStored)
        .filter(view => !pending || view.pending)
        .toSorted((a, b) => (a.deadline < b.deadline ? 1 : -1))
  }
}

/** Values nested deeper than this cannot be counted on to be written again. */
const DEPTH_MAX = 64

/** The value of a JSON text. What is not JSON, or nested too deeply to be shown as a value, is shown as the text that it is. */
const parse = (text: string | null): unknown => {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return isShallow(value, DEPTH_MAX) ? value : text
  } catch {
    return text
  }
}

const isShallow = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every(item => isShallow(item, levels - 1)))
