import type { CborValue, FoundingDocument, GroupId, StrategyChoice, VoterSet } from '@quorate/contracts'
import { compareText } from '../bytes.ts'
import { decodeCbor, encodeCbor } from '../cbor.ts'
import { sha256 } from '../hash.ts'
import { LIMITS } from '../limits.ts'
import { quorumSize, resolveFaultTolerance, votersMissing } from '../quorum.ts'
import { byteString, list, nullable, oneOf, struct, text, uint, type Shape } from '../shape.ts'

const configShape: Shape<{ readonly [key: string]: CborValue }> = {
  encode: value => value,
  decode: value =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
      ? (value as { readonly [key: string]: CborValue })
      : undefined
}

const choiceShape: Shape<StrategyChoice> = struct({
  name: text(LIMITS.nameBytesMax, 1),
  version: uint(),
  config: configShape
})

const memberShape = struct({
  peerId: text(LIMITS.peerIdBytesMax, 1),
  member: text(LIMITS.nameBytesMax, 1),
  role: oneOf('voter', 'observer'),
  weight: uint()
})

const foundingShape = struct({
  version: uint(1),
  name: text(LIMITS.nameBytesMax, 1),
  createdAt: uint(),
  nonce: byteString(16, 16),
  members: list(memberShape, LIMITS.membersMax, 1),
  faultTolerance: nullable(uint(LIMITS.votersMax)),
  consensus: choiceShape,
  auction: choiceShape
})

export const encodeFounding = (founding: FoundingDocument): Uint8Array =>
  encodeCbor(foundingShape.encode(founding))

/** Undefined for bytes that are not a founding document, or one that no group could stand on. */
export const decodeFounding = (bytes: Uint8Array): FoundingDocument | undefined => {
  const value = decodeCbor(bytes)
  const founding = value === undefined ? undefined : foundingShape.decode(value)
  return founding?.version === 1 && isSound(founding) ? { ...founding, version: 1 } : undefined
}

/** Members are distinct in id and name and have weight; there are voters, and enough for the tolerance asked for. */
const isSound = ({
  members,
  faultTolerance
}: Pick<FoundingDocument, 'members' | 'faultTolerance'>): boolean => {
  const voters = members.filter(member => member.role === 'voter').length
  return (
    isDistinct(members.map(member => member.peerId)) &&
    isDistinct(members.map(member => member.member)) &&
    members.every(member => member.weight > 0) &&
    voters > 0 &&
    voters <= LIMITS.votersMax &&
    votersMissing(voters, faultTolerance ?? 0) === 0
  )
}

const isDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length

/** The group id: sha256 of the founding document's canonical bytes. */
export const groupIdOf = (foundingBytes: Uint8Array): GroupId => sha256(foundingBytes)

const voterSetShape = struct({
  epoch: uint(),
  faultTolerance: uint(),
  voters: list(struct({ peerId: text(LIMITS.peerIdBytesMax, 1), weight: uint() }), LIMITS.votersMax, 1)
})

/**
 * Makes the voter set of an epoch: voters in canonical order, its quorum and its digest.
 * Errors: QRT_FAULT_TOLERANCE when the fault tolerance asked for needs more voters.
 */
export const createVoterSet = (
  epoch: number,
  members: readonly { readonly peerId: string; readonly weight: number }[],
  askedFaultTolerance: number | null
): VoterSet => {
  const voters = members
    .map(({ peerId, weight }) => ({ peerId, weight }))
    .toSorted((a, b) => compareText(a.peerId, b.peerId))
  const faultTolerance = resolveFaultTolerance(voters.length, askedFaultTolerance)
  const quorum = quorumSize(voters.length, faultTolerance)
  const digest = sha256(encodeCbor(voterSetShape.encode({ epoch, faultTolerance, voters })))
  return { epoch, voters, faultTolerance, quorum, digest }
}

/** The voter set of epoch 0. */
export const foundingVoterSet = (founding: FoundingDocument): VoterSet =>
  createVoterSet(
    0,
    founding.members.filter(member => member.role === 'voter'),
    founding.faultTolerance
  )

export const isVoter = (set: VoterSet, peerId: string): boolean =>
  set.voters.some(voter => voter.peerId === peerId)
