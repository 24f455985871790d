import { QuorateError } from '@quorate/contracts'
import { LIMITS, utf8 } from '@quorate/core'

/** Letters, digits, and `.`, `_`, `-` after the first: a member name stands in `member/agent` and on command lines. */
const MEMBER_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u
/** A peer id, or what could be the beginning of one, would make a name ambiguous. */
const LIKE_PEER_ID = /^12D3Koo/
const CONTROL = /\p{Cc}/u

/** Errors: QRT_USAGE says what a member name is made of. */
export const checkMemberName = (name: string): string => {
  if (MEMBER_NAME.test(name) && !LIKE_PEER_ID.test(name) && fits(name)) return name
  throw new QuorateError('QRT_USAGE', `"${name}" cannot be a member's name.`, {
    suggestions: [
      `Use letters, digits, ".", "_" and "-", at most ${LIMITS.nameBytesMax} bytes, not the form of a peer id.`
    ]
  })
}

/** Errors: QRT_USAGE. */
export const checkGroupName = (name: string): string => {
  if (name.trim() !== '' && !CONTROL.test(name) && fits(name)) return name
  throw new QuorateError('QRT_USAGE', `"${name}" cannot be a group's name.`, {
    suggestions: [`Use at most ${LIMITS.nameBytesMax} bytes of printable text.`]
  })
}

const fits = (name: string): boolean => utf8(name).length <= LIMITS.nameBytesMax

/** A member name out of a host name: what is not allowed becomes a dash. */
export const memberNameOf = (hostname: string): string => {
  const name = hostname
    .split('.')[0]
    ?.replaceAll(/[^\p{L}\p{N}._-]/gu, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 32)
  return name !== undefined && MEMBER_NAME.test(name) && !LIKE_PEER_ID.test(name) && fits(name)
    ? name
    : 'node'
}
