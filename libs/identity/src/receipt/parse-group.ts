import type { FoundingDocument, GroupExport, GroupId, PeerId, VoterSet } from '@quorate/contracts'
import { LIMITS, createVoterSet, decodeFounding, foundingVoterSet, groupIdOf } from '@quorate/core'
import { base64, constant, count, digestText, exactly, listOf, peerIdText } from './strict-json.ts'

/** A group file that is consistent with its group id: all that a verifier trusts. */
export interface KnownGroup {
  readonly groupId: GroupId
  readonly founding: FoundingDocument
  /** The founding voter set. Later epochs' sets are not proven by the file, so they are not here. */
  readonly voterSet: VoterSet
}

export type ParsedGroup =
  { readonly ok: true; readonly group: KnownGroup } | { readonly ok: false; readonly reason: string }

type EpochFields = GroupExport['epochs'][number]

interface GroupFields extends Omit<GroupExport, 'founding'> {
  readonly founding: Uint8Array
}

const FOUNDING_BYTES_MAX = 1024 * 1024
const EPOCHS_MAX = 65_536

const readFields = exactly<GroupFields>({
  format: constant('quorate-group/1'),
  groupId: digestText,
  founding: base64(FOUNDING_BYTES_MAX),
  epochs: listOf(
    exactly<EpochFields>({
      epoch: count,
      voters: listOf(
        exactly<{ peerId: PeerId; weight: number }>({ peerId: peerIdText, weight: count }),
        LIMITS.votersMax
      ),
      faultTolerance: count,
      quorum: count,
      digest: digestText
    }),
    EPOCHS_MAX
  )
})

/** Reads what `quorate group export` wrote. Never throws; a refusal says what is wrong. */
export const parseGroupExport = (value: unknown): ParsedGroup => {
  const fields = readFields(value)
  if (!fields) return refuse('the group file is not of the form that `quorate group export` writes')
  if (groupIdOf(fields.founding) !== fields.groupId) {
    return refuse('the founding document in the group file is not the one that the group id names')
  }
  const founding = decodeFounding(fields.founding)
  if (!founding) return refuse('the founding document in the group file is malformed')
  const voterSet = foundingVoterSet(founding)
  const [first, ...later] = fields.epochs
  if (!first || !isSameSet(first, voterSet))
    return refuse('epoch 0 in the group file is not the founding voter set')
  const wrong = later.find((set, i) => set.epoch !== i + 1 || !isConsistent(set))
  if (wrong) return refuse(`epoch ${wrong.epoch} in the group file does not match its own digest`)
  return { ok: true, group: { groupId: fields.groupId, founding, voterSet } }
}

const refuse = (reason: string): ParsedGroup => ({ ok: false, reason })

/** A set with a fault tolerance that its voters cannot carry is refused before it is computed with. */
const isConsistent = (set: EpochFields): boolean =>
  set.voters.length > 3 * set.faultTolerance &&
  isSameSet(set, createVoterSet(set.epoch, set.voters, set.faultTolerance))

const isSameSet = (told: EpochFields, computed: VoterSet): boolean =>
  told.epoch === computed.epoch &&
  told.digest === computed.digest &&
  told.quorum === computed.quorum &&
  told.faultTolerance === computed.faultTolerance &&
  told.voters.length === computed.voters.length &&
  told.voters.every(
    (voter, i) => voter.peerId === computed.voters[i]?.peerId && voter.weight === computed.voters[i]?.weight
  )
