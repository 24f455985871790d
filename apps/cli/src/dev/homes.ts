import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GROUP_FILE, QuorateError } from '@quorate/contracts'
import type { Session } from '../session.ts'

/** The folder that holds the homes `peer-1`, `peer-2`, ... */
export interface DevFolder {
  readonly path: string
  /** Removes it when it is temporary. */
  dispose(): Promise<void>
}

export interface DevHome {
  readonly name: string
  readonly home: string
}

export async function openDevFolder(session: Session): Promise<DevFolder> {
  if (session.isHomeGiven) {
    await mkdir(session.home, { recursive: true })
    return { path: session.home, dispose: () => Promise.resolve() }
  }
  const path = await mkdtemp(join(tmpdir(), 'quorate-dev-'))
  return { path, dispose: () => rm(path, { recursive: true, force: true }) }
}

/**
 * Founds a group with one home for each peer, or takes up the one that is there.
 *
 * Errors: QRT_GROUP_EXISTS when the homes there do not make one group of that size.
 */
export async function prepareHomes(
  folder: string,
  count: number
): Promise<{ readonly groupId: string; readonly homes: readonly DevHome[] }> {
  const homes = Array.from({ length: count }, (_, index) => homeOf(folder, index + 1))
  const existing = existingGroup(folder, homes)
  if (existing !== undefined) return { groupId: existing, homes }
  const { foundGroup } = await import('@quorate/daemon/home')
  const { groupId } = foundGroup({
    homes: homes.map(({ home }) => home),
    name: 'dev',
    members: homes.map(({ name }) => name),
    listen: ['/ip4/127.0.0.1/tcp/0']
  })
  return { groupId, homes }
}

function homeOf(folder: string, number: number): DevHome {
  const name = `peer-${number}`
  return { name, home: join(folder, name) }
}

/** The group that the homes share; nothing when none of them has one. */
function existingGroup(folder: string, homes: readonly DevHome[]): string | undefined {
  const groups = homes.map(({ home }) => groupOf(home))
  const surplus = homeOf(folder, homes.length + 1)
  if (groups.every(group => group === undefined)) return undefined
  const isOne = groups.every(group => group !== undefined && group === groups[0])
  if (isOne && groupOf(surplus.home) === undefined) return groups[0]
  throw new QuorateError(
    'QRT_GROUP_EXISTS',
    `${folder} holds peers that do not make one group of ${homes.length}.`,
    {
      suggestions: ['Use the --peers that it was made with, or another --home.']
    }
  )
}

function groupOf(home: string): string | undefined {
  const path = join(home, GROUP_FILE)
  if (!existsSync(path)) return undefined
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly groupId?: string }).groupId
}
