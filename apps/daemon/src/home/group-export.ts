import type { FoundingDocument, GroupExport, GroupId, VoterSet } from '@quorate/contracts'
import { encodeFounding, foundingVoterSet, groupIdOf, toBase64 } from '@quorate/core'

/** What `verify` needs of a group: the founding document and the voter sets of all epochs, oldest first. */
export const exportGroup = (
  founding: FoundingDocument,
  epochs: readonly VoterSet[] = [foundingVoterSet(founding)]
): GroupExport => {
  const bytes = encodeFounding(founding)
  return {
    format: 'quorate-group/1',
    groupId: groupIdOf(bytes),
    founding: toBase64(bytes),
    epochs: epochs.map(({ epoch, voters, faultTolerance, quorum, digest }) => ({
      epoch,
      voters: voters.map(({ peerId, weight }) => ({ peerId, weight })),
      faultTolerance,
      quorum,
      digest
    }))
  }
}

export const groupIdOfFounding = (founding: FoundingDocument): GroupId => groupIdOf(encodeFounding(founding))
