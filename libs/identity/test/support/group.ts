import type { CborValue, FoundingDocument, GroupExport, Receipt, Signing, VoterSet } from '@quorate/contracts'
import {
  DECISION_KIND,
  RECORD_KIND,
  ballotShape,
  commitKind,
  createBatch,
  createReceipt,
  createVoterSet,
  decisionShape,
  decodeSubmission,
  encodeCbor,
  encodeFounding,
  encodeSubmission,
  foundingVoterSet,
  groupIdOf,
  proposalShape,
  receiptSubject,
  recordShape,
  toBase64,
  utf8,
  voteShape
} from '@quorate/core'
import { createSigning, keyOfSeed, type IdentityKey } from '../../src/index.ts'

/** The key of a number: always the same one. */
export const testKey = (number: number): IdentityKey => keyOfSeed(new Uint8Array(32).fill(number))

export interface TestGroup {
  readonly groupId: string
  readonly founding: FoundingDocument
  readonly voterSet: VoterSet
  readonly signings: readonly Signing[]
  readonly file: GroupExport
}

const strategy = (name: string) => ({ name, version: 1, config: {} })

export const testGroup = (voters: number, name = 'test'): TestGroup => {
  const keys = Array.from({ length: voters }, (_, i) => testKey(i + 1))
  const founding: FoundingDocument = {
    version: 1,
    name,
    createdAt: 1_700_000_000_000,
    nonce: new Uint8Array(16),
    members: keys.map(({ peerId }, i) => ({ peerId, member: `m${i}`, role: 'voter', weight: 1 })),
    faultTolerance: null,
    consensus: strategy('pbft'),
    auction: strategy('weighted')
  }
  const bytes = encodeFounding(founding)
  const groupId = groupIdOf(bytes)
  const voterSet = foundingVoterSet(founding)
  const file = { format: 'quorate-group/1' as const, groupId, founding: toBase64(bytes), epochs: [voterSet] }
  return { groupId, founding, voterSet, file, signings: keys.map(key => createSigning({ key, groupId })) }
}

export const withEpochOne = (group: TestGroup): GroupExport => ({
  ...group.file,
  epochs: [group.voterSet, createVoterSet(1, group.voterSet.voters, null)]
})

export interface Making {
  readonly entry: { readonly kind: string; readonly body: Uint8Array }
  /** Indexes of the voters who sign. */
  readonly signers?: readonly number[]
  readonly vote?: Partial<{ epoch: number; voterSet: string; view: number; seq: number; digest: string }>
  readonly voteKind?: string
}

const signerOf = (group: TestGroup, i: number): Signing => group.signings[i] as Signing

/** A receipt of one entry in a batch of three, third of the ledger's history. */
export const testReceipt = (group: TestGroup, making: Making): Receipt => {
  const others = { kind: RECORD_KIND, body: utf8('other') }
  const signed = signerOf(group, 0).sign('submission', encodeSubmission(7, [others, making.entry, others]))
  const submission = decodeSubmission(signed)
  if (!submission) throw new Error('the submission is malformed')
  const batch = createBatch({ seq: 3, parent: group.groupId, base: 40, time: 1_700_000_001_000 }, [
    submission
  ])
  const { epoch, digest: voterSet } = group.voterSet
  const vote = { epoch, voterSet, view: 2, seq: 3, digest: batch.digest, ...making.vote }
  const signers = making.signers ?? group.signings.slice(0, group.voterSet.quorum).map((_, i) => i)
  const kind = making.voteKind ?? commitKind('pbft')
  const votes = signers.map(i => signerOf(group, i).sign(kind, voteShape.encode(vote)).frame)
  const entry = submission.entries[1]
  const subject = entry && receiptSubject(entry)
  if (!entry || !subject) throw new Error('the entry is malformed')
  const leaves = submission.entries.map(({ digest }) => digest)
  const certificate = { epoch: 0, view: 2, votes }
  return createReceipt({
    ...subject,
    groupId: group.groupId,
    header: batch.header,
    leaves,
    position: 1,
    entry,
    certificate
  })
}

export const recordEntry = (statement = 'deploy 1.2') => ({
  kind: RECORD_KIND,
  body: encodeCbor(recordShape.encode({ statement, data: null }))
})

export const awardEntry = (rest: readonly CborValue[] = ['winner']) => ({
  kind: 'auction-award',
  body: encodeCbor([new Uint8Array(32).fill(9), ...rest])
})

const PROPOSAL = {
  statement: 'Ship it?',
  data: null,
  options: [],
  tally: null,
  createdAt: 1,
  deadline: 2,
  nonce: new Uint8Array(16)
}

/** A decision that is accepted by the first `voters` of the group. */
export const decisionEntry = (group: TestGroup, voters: readonly number[]) => {
  const proposal = signerOf(group, 0).sign('proposal', proposalShape.encode(PROPOSAL))
  const { epoch, digest: voterSet } = group.voterSet
  const ballot = {
    epoch,
    voterSet,
    verdict: 'accept' as const,
    confidencePpm: 900_000,
    reason: '',
    options: []
  }
  const body = ballotShape.encode({ proposal: proposal.digest, ...ballot })
  const ballots = voters.map(i => signerOf(group, i).sign('ballot', body).frame)
  const decision = { proposal: proposal.frame, outcome: 'accepted' as const, ballots }
  return { kind: DECISION_KIND, body: encodeCbor(decisionShape.encode(decision)), id: proposal.digest }
}
