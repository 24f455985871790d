import { QuorateError } from '@quorate/contracts'
import type { MemberView } from '@quorate/contracts'
import type { Session } from './session.ts'

/**
 * Finds the member that is meant: by its name, its peer id, or a unique prefix of the peer id.
 *
 * Errors: QRT_NOT_FOUND, QRT_AMBIGUOUS.
 */
export function findMember(members: readonly MemberView[], wanted: string): MemberView {
  const exact = members.filter(({ member, peerId }) => member === wanted || peerId === wanted)
  const found =
    exact.length > 0 ? exact : members.filter(({ peerId }) => wanted !== '' && peerId.startsWith(wanted))
  const [first, ...others] = found
  if (first === undefined) throw notFound(members, wanted)
  if (others.length > 0) throw ambiguous(found, wanted)
  return first
}

/** Names by peer id, for people; empty when the daemon does not tell. */
export async function memberNames(session: Session): Promise<ReadonlyMap<string, string>> {
  const members = await session.client.members().catch(() => [])
  return new Map(members.map(({ peerId, member }) => [peerId, member]))
}

/** Text with the names of members in place of their peer ids: `peer-1/coder`. */
export function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((named, [peerId, member]) => named.replaceAll(peerId, member), text)
}

function notFound(members: readonly MemberView[], wanted: string): QuorateError {
  const names = members.map(({ member }) => member).join(', ')
  return new QuorateError('QRT_NOT_FOUND', `The group has no member '${wanted}'; it has: ${names}.`, {
    suggestions: ['quorate members list']
  })
}

function ambiguous(found: readonly MemberView[], wanted: string): QuorateError {
  const names = found.map(({ member, peerId }) => `${member} (${peerId})`).join(', ')
  return new QuorateError(
    'QRT_AMBIGUOUS',
    `'${wanted}' is the beginning of more than one peer id: ${names}.`,
    {
      suggestions: ['Give more of the peer id, or the member name.']
    }
  )
}
