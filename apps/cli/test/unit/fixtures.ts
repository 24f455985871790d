/** One of each object of the control API, typed, so that they follow the contracts. */
import type {
  AgentView,
  ConfigEntry,
  EvidenceDetail,
  GroupExport,
  LedgerEntryView,
  MemberView,
  PeerView,
  ProposalView,
  Receipt,
  StatusView
} from '@quorate/contracts'
import type { AuctionState } from '@quorate/client'

export const names = ['alpha', 'beta', 'gamma', 'delta'] as const

export const peerIds = names.map((name, index) => `12D3KooW${'ABCD'[index]}${name.padEnd(10, 'x')}`)

const [alpha = '', beta = '', gamma = '', delta = ''] = peerIds

export const status: StatusView = {
  state: 'ready',
  groupId: 'f'.repeat(64),
  peerId: alpha,
  member: 'alpha',
  role: 'voter',
  epoch: 0,
  voters: 4,
  quorum: 3,
  faultTolerance: 1,
  height: 128,
  view: 0,
  primary: beta,
  connectedVoters: 4,
  absentVoters: [],
  lastDecisionAt: '2026-01-01T00:00:00.000Z',
  version: '0.1.0',
  votersMissing: 3,
  pid: 4242
}

export const members: MemberView[] = names.map((member, index) => ({
  peerId: peerIds[index] ?? '',
  member,
  role: 'voter',
  weight: 1,
  publicKey: `key-${member}`
}))

export const peers: PeerView[] = names.map((member, index) => ({
  peerId: peerIds[index] ?? '',
  member,
  role: 'voter',
  connected: index < 3,
  addresses: [`/ip4/127.0.0.1/tcp/${4001 + index}`],
  latencyMs: index < 3 ? index * 2 : null,
  score: index === 2 ? -35 : 0
}))

export const group: GroupExport = {
  format: 'quorate-group/1',
  groupId: 'f'.repeat(64),
  founding: 'AAAA',
  epochs: []
}

export const config: ConfigEntry[] = [
  { key: 'ballot.policy', value: 'manual', origin: 'file' },
  { key: 'listen', value: ['/ip4/127.0.0.1/tcp/0'], origin: 'default' }
]

export const receipt: Receipt = {
  format: 'quorate-receipt/1',
  kind: 'decision',
  groupId: 'f'.repeat(64),
  id: 'p1',
  sequence: 42,
  header: 'AAAA',
  entry: { author: alpha, counter: 1, index: 0, kind: 'decision', body: 'AAAA' },
  path: { position: 0, siblings: [] },
  certificate: { epoch: 0, view: 0, votes: [] }
}

export const accepted: ProposalView = {
  proposalId: 'p1',
  consensusReached: true,
  outcome: 'accepted',
  decision: { statement: 'Deploy v2', data: { ring: 1 }, option: 'eu' },
  sequence: 42,
  participatingPeers: [alpha, beta, gamma],
  byzantinePeersDetected: [],
  consensusConfidence: 0.93,
  reason: '',
  receipt,
  statement: 'Deploy v2',
  proposer: alpha,
  deadline: '2026-01-01T00:00:30.000Z',
  pending: false,
  ballots: [
    { peerId: alpha, verdict: 'accept', confidence: 1, reason: '' },
    { peerId: beta, verdict: 'accept', confidence: 0.9, reason: 'tests pass' },
    { peerId: delta, verdict: 'abstain', confidence: 0.5, reason: 'no opinion' }
  ]
}

/** On top of another view: not decided yet, with an hour to go. */
export const pendingFields = {
  consensusReached: false,
  outcome: 'undecided',
  decision: null,
  sequence: null,
  receipt: null,
  pending: true,
  deadline: new Date(Date.now() + 3_600_000).toISOString()
} as const

export const rejected: ProposalView = {
  ...accepted,
  proposalId: 'p2',
  outcome: 'rejected',
  decision: null,
  statement: 'Delete everything',
  reason: 'two of four rejected it',
  byzantinePeersDetected: [{ peerId: gamma, type: 'double-ballot', evidenceId: 'e1' }]
}

export const undecided: ProposalView = {
  ...accepted,
  ...pendingFields,
  deadline: accepted.deadline,
  pending: false,
  reason: 'deadline-passed'
}

export const ledger: LedgerEntryView[] = [
  { sequence: 41, kind: 'entry', digest: 'ab'.repeat(32), id: 'x', at: '2026-01-01T00:00:00.000Z' },
  { sequence: 42, kind: 'decision', digest: 'cd'.repeat(32), id: 'p1', at: '2026-01-01T00:00:01.000Z' }
]

export const evidenceDetail: EvidenceDetail = {
  evidenceId: 'e1',
  peerId: gamma,
  type: 'double-ballot',
  sequence: null,
  view: null,
  at: '2026-01-01T00:00:01.000Z',
  first: { frame: 'AAAA', says: 'accept p1' },
  second: { frame: 'BBBB', says: 'reject p1' }
}

export const evidence = [evidenceDetail].map(({ first: _first, second: _second, ...view }) => view)

export const agents: AgentView[] = [
  {
    agent: `${alpha}/coder`,
    capabilities: { typescript: 0.9, gpu: 1 },
    capacity: { cpu: 4 },
    load: { cpu: 1.5 },
    reputation: 0.75
  }
]

export const awarded: AuctionState = {
  auctionId: 'a1',
  auctionSuccessful: true,
  winningAgent: `${alpha}/coder`,
  winningBid: { bidId: 'b1', agent: `${alpha}/coder`, cost: 4, quality: 0.9, throughput: 2, note: 'today' },
  payment: 4.5,
  alternates: [`${beta}/coder`],
  fencingToken: 7,
  evaluationScores: {
    [`${beta}/coder`]: { overall: 0.61, criteria: { cost: 0.5, quality: 0.7 } },
    [`${alpha}/coder`]: { overall: 0.82, criteria: { cost: 0.8, quality: 0.9 } }
  },
  riskAssessment: {
    level: 'medium',
    factors: [{ agent: `${alpha}/coder`, factor: 'thin-history', level: 0.4, detail: '2 tasks so far' }]
  },
  auctionSummary: { bids: 2 },
  reason: '',
  receipt: { ...receipt, kind: 'award', id: 'a1' },
  task: 'Transcode talk.mp4',
  phase: 'awarded',
  sequence: 44
}
