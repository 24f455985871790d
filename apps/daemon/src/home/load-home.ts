import { existsSync, readFileSync } from 'node:fs'
import { QuorateError, type FoundingDocument, type FoundingMember, type GroupId } from '@quorate/contracts'
import { decodeFounding, groupIdOf } from '@quorate/core'
import { loadKey, type IdentityKey } from '@quorate/identity'
import { homePaths, type HomePaths } from './layout.ts'

/** What a home holds of its group. */
export interface LoadedHome {
  /** Absolute. */
  readonly home: string
  readonly paths: HomePaths
  readonly groupId: GroupId
  readonly founding: FoundingDocument
  readonly key: IdentityKey
  /** This node, as the founding document names it. */
  readonly member: FoundingMember
}

export const hasGroup = (home: string): boolean => existsSync(homePaths(home).founding)

/**
 * Reads the group and the key of a home.
 * Errors: QRT_NO_GROUP, QRT_STORAGE_CORRUPT when a file is damaged, QRT_WRONG_GROUP when the key is no member's,
 * QRT_CONFIG for a key that others may read.
 */
export const loadHome = (home: string): LoadedHome => {
  const paths = homePaths(home)
  if (!existsSync(paths.founding)) throw noGroup(home)
  const bytes = new Uint8Array(readFileSync(paths.founding))
  const founding = decodeFounding(bytes)
  if (!founding) throw damaged(paths.founding)
  const key = loadKey(paths.key)
  const member = founding.members.find(({ peerId }) => peerId === key.peerId)
  if (!member) throw foreignKey(paths)
  return { home, paths, groupId: groupIdOf(bytes), founding, key, member }
}

const noGroup = (home: string): QuorateError =>
  new QuorateError('QRT_NO_GROUP', `The home ${home} holds no group yet.`, {
    details: { home },
    suggestions: [`quorate init --home ${home}`]
  })

const damaged = (path: string): QuorateError =>
  new QuorateError('QRT_STORAGE_CORRUPT', `${path} is not a founding document.`, {
    details: { file: path },
    suggestions: ['Put it back from another member: the founding document is the same on all of them.']
  })

const foreignKey = (paths: HomePaths): QuorateError =>
  new QuorateError(
    'QRT_WRONG_GROUP',
    `The key in ${paths.key} is of no member of the group in ${paths.founding}.`,
    {
      suggestions: ['Put back the key that belongs to this home (`quorate keys restore`).']
    }
  )
