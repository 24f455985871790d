import { existsSync, rmSync } from 'node:fs'
import { QuorateError, type FoundingDocument, type PeerId } from '@quorate/contracts'
import { encodeFounding } from '@quorate/core'
import { generateKey, loadKey, saveKey } from '@quorate/identity'
import { lockHome, type HomeLock } from '@quorate/storage'
import { setConfig } from './config/set-config.ts'
import { settingFault } from './config/settings.ts'
import { createFounding } from './founding.ts'
import { exportGroup, groupIdOfFounding } from './group-export.ts'
import { homePaths } from './layout.ts'
import { hasGroup } from './load-home.ts'
import { makeFolder, writeFileAtomically } from './write-file.ts'

export interface FoundGroupInit {
  /** One home for each member, in the same order. */
  readonly homes: readonly string[]
  readonly name: string
  readonly members: readonly string[]
  /** Absent or null: as many as the number of voters can carry. */
  readonly faultTolerance?: number | null | undefined
  /** Written to each home's config; absent: the default. */
  readonly listen?: readonly string[] | undefined
}

export interface FoundedGroup {
  readonly groupId: string
  readonly peers: readonly { readonly home: string; readonly member: string; readonly peerId: PeerId }[]
}

/**
 * Founds one group with a voter in each home. A home gets its founding document last, so that it has a group completely
 * or not at all; when one home fails, none has it.
 * Errors: QRT_GROUP_EXISTS, QRT_ALREADY_RUNNING, QRT_FAULT_TOLERANCE, QRT_USAGE, QRT_STORAGE_FAILED.
 */
export const foundGroup = (init: FoundGroupInit): FoundedGroup => {
  const { homes, members } = init
  for (const home of homes) refuseGroup(home)
  checkInit(init)
  const locks: HomeLock[] = []
  try {
    for (const home of homes) locks.push(lockHome(home))
    for (const home of homes) refuseGroup(home)
    const peerIds = homes.map(ensureKey)
    const founding = createFounding({
      name: init.name,
      members: peerIds.map((peerId, i) => ({ peerId, member: members[i] as string })),
      faultTolerance: init.faultTolerance ?? null
    })
    for (const home of homes) prepare(home, founding, init.listen)
    placeFounding(homes, founding)
    return { groupId: groupIdOfFounding(founding), peers: peersOf(homes, founding) }
  } finally {
    for (const lock of locks) lock.release()
  }
}

const peersOf = (homes: readonly string[], founding: FoundingDocument): FoundedGroup['peers'] =>
  founding.members.map(({ peerId, member }, i) => ({ home: homes[i] as string, member, peerId }))

/** All that can be known to be wrong before anything is written. */
const checkInit = ({ homes, name, members, faultTolerance, listen }: FoundGroupInit): void => {
  if (homes.length !== members.length || homes.length === 0 || new Set(members).size !== members.length) {
    throw new QuorateError(
      'QRT_USAGE',
      'A group needs one home for each member, and member names that differ.'
    )
  }
  const fault = listen && settingFault('listen', listen)
  if (fault !== undefined) throw new QuorateError('QRT_USAGE', `--listen: ${fault}.`)
  const anybody = members.map((member, i) => ({ peerId: String(i), member }))
  createFounding({ name, members: anybody, faultTolerance: faultTolerance ?? null })
}

const refuseGroup = (home: string): void => {
  if (!hasGroup(home)) return
  throw new QuorateError('QRT_GROUP_EXISTS', `The home ${home} already has a group.`, {
    details: { home },
    suggestions: ['quorate status', 'Choose another home with --home.']
  })
}

/** The key of the home; one that an interrupted attempt left behind is used. */
const ensureKey = (home: string): PeerId => {
  const { key: path } = homePaths(home)
  if (existsSync(path)) return loadKey(path).peerId
  const key = generateKey()
  saveKey(path, key)
  return key.peerId
}

const prepare = (home: string, founding: FoundingDocument, listen: readonly string[] | undefined): void => {
  const paths = homePaths(home)
  makeFolder(paths.data)
  if (listen) setConfig(home, 'listen', JSON.stringify(listen))
  writeFileAtomically(paths.group, `${JSON.stringify(exportGroup(founding), null, 2)}\n`)
}

const placeFounding = (homes: readonly string[], founding: FoundingDocument): void => {
  const bytes = encodeFounding(founding)
  const placed: string[] = []
  try {
    for (const home of homes) {
      placed.push(home)
      writeFileAtomically(homePaths(home).founding, bytes)
    }
  } catch (error) {
    for (const home of placed) rmSync(homePaths(home).founding, { force: true })
    throw error
  }
}
