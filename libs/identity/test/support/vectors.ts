import type { Envelope, FoundingDocument, GroupExport, Receipt, Signing } from '@quorate/contracts'
import {
  ballotShape,
  commitKind,
  createBatch,
  createReceipt,
  decisionShape,
  decodeSubmission,
  encodeCbor,
  encodeContent,
  encodeFounding,
  encodeHeader,
  encodeSubmission,
  foundingVoterSet,
  groupIdOf,
  merklePath,
  proposalShape,
  receiptSubject,
  recordShape,
  sha256Bytes,
  signatureInput,
  toBase64,
  toHex,
  utf8,
  voteShape
} from '@quorate/core'
import { createSigning } from '../../src/index.ts'
import { testKey } from './group.ts'

/** The examples of docs/protocol, computed. Lines are `name = hex` (or text, for ids). */
export type Vectors = Readonly<Record<string, string>>

const keys = [1, 2, 3, 4].map(testKey)

const founding: FoundingDocument = {
  version: 1,
  name: 'vectors',
  createdAt: 1_700_000_000_000,
  nonce: new Uint8Array(16),
  members: keys.map(({ peerId }, i) => ({ peerId, member: `m${i + 1}`, role: 'voter', weight: 1 })),
  faultTolerance: null,
  consensus: { name: 'pbft', version: 1, config: {} },
  auction: { name: 'weighted', version: 1, config: {} }
}

const foundingBytes = encodeFounding(founding)
const groupId = groupIdOf(foundingBytes)
const set = foundingVoterSet(founding)
const signings: readonly Signing[] = keys.map(key => createSigning({ key, groupId }))
const [one] = signings as [Signing, ...Signing[]]

const setBytes = encodeCbor([
  set.epoch,
  set.faultTolerance,
  set.voters.map(({ peerId, weight }) => [peerId, weight])
])

const proposal = one.sign(
  'proposal',
  proposalShape.encode({
    statement: 'Ship it?',
    data: null,
    options: [],
    tally: null,
    createdAt: 1_700_000_000_000,
    deadline: 1_700_000_030_000,
    nonce: new Uint8Array(16)
  })
)

const ballots: readonly Envelope[] = signings.slice(0, 3).map(signing =>
  signing.sign(
    'ballot',
    ballotShape.encode({
      proposal: proposal.digest,
      epoch: 0,
      voterSet: set.digest,
      verdict: 'accept',
      confidencePpm: 900_000,
      reason: '',
      options: []
    })
  )
)

const decision = encodeCbor(
  decisionShape.encode({
    proposal: proposal.frame,
    outcome: 'accepted',
    ballots: ballots.map(({ frame }) => frame)
  })
)

const record = encodeCbor(recordShape.encode({ statement: 'hello', data: '{"a":1}' }))

const submission = one.sign(
  'submission',
  encodeSubmission(7, [
    { kind: 'record', body: record },
    { kind: 'decision', body: decision },
    { kind: 'other', body: encodeCbor(null) }
  ])
)

const read = decodeSubmission(submission)
if (!read) throw new Error('the submission is malformed')
const batch = createBatch({ seq: 1, parent: groupId, base: 0, time: 1_700_000_001_000 }, [read])
const leaves = read.entries.map(({ digest }) => digest)

const vote = voteShape.encode({ epoch: 0, voterSet: set.digest, view: 0, seq: 1, digest: batch.digest })
const votes: readonly Envelope[] = signings.slice(0, 3).map(signing => signing.sign(commitKind('pbft'), vote))

const topic = `quorate/${groupId}/v1/votes`
const gossipId = (data: Uint8Array): string =>
  toHex(sha256Bytes(Buffer.concat([utf8(`quorate/v1/gossip\0${topic}\0`), data]))).slice(0, 40)

const signedBytesOf = ({ kind, author, body }: Envelope): string =>
  toHex(encodeContent({ kind, author, body }))

export const wireVectors = (): Vectors => ({
  'founding document': toHex(foundingBytes),
  'group id': groupId,
  'voter set': toHex(setBytes),
  'voter set digest': set.digest,
  'proposal signed bytes': signedBytesOf(proposal),
  'proposal id': proposal.digest,
  'proposal frame': toHex(proposal.frame),
  'ballot signed bytes': signedBytesOf(ballots[0] as Envelope),
  'ballot frame': toHex((ballots[0] as Envelope).frame),
  'record body': toHex(record),
  'submission id': submission.digest,
  'entry 0 digest': leaves[0] as string,
  'entry 1 digest': leaves[1] as string,
  'entry 2 digest': leaves[2] as string,
  'path of entry 1': merklePath(leaves, 1).join(' '),
  'batch header': toHex(encodeHeader(batch.header)),
  'batch digest': batch.digest,
  'commit vote signed bytes': signedBytesOf(votes[0] as Envelope),
  'commit vote frame': toHex((votes[0] as Envelope).frame),
  'gossip id of that frame on the votes topic': gossipId((votes[0] as Envelope).frame),
  'stream message of 010203, two hops left': '0402010203',
  'stream message of 010203, addressed': '0480010203'
})

const greeting = one.sign('greeting', ['hello', 7])

export const signingVectors = (): Vectors => ({
  ...Object.fromEntries(keys.map(({ publicKey }, i) => [`public key ${i + 1}`, toHex(publicKey)])),
  ...Object.fromEntries(keys.map(({ peerId }, i) => [`peer id ${i + 1}`, peerId])),
  'group id': groupId,
  'signed bytes': signedBytesOf(greeting),
  digest: greeting.digest,
  'signature input': toHex(signatureInput('greeting', groupId, greeting.digest)),
  signature: toHex(greeting.frame).slice(-128),
  frame: toHex(greeting.frame)
})

export const groupFile = (): GroupExport => {
  return { format: 'quorate-group/1', groupId, founding: toBase64(foundingBytes), epochs: [set] }
}

export const receiptFile = (): Receipt => {
  const entry = read.entries[1]
  const subject = entry && receiptSubject(entry)
  if (!entry || !subject) throw new Error('the entry is malformed')
  const certificate = { epoch: 0, view: 0, votes: votes.map(({ frame }) => frame) }
  return createReceipt({ ...subject, groupId, header: batch.header, leaves, position: 1, entry, certificate })
}
