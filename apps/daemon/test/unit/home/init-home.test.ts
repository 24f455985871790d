import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GroupExport } from '@quorate/contracts'
import { parseGroupExport } from '@quorate/identity'
import { lockHome } from '@quorate/storage'
import { describe, expect, it } from 'vitest'
import { foundGroup, initHome, loadHome } from '../../../src/home/index.ts'
import { homePaths } from '../../../src/home/layout.ts'
import { tempFolder, tempHome } from '../../support/temp-home.ts'

const failure = (code: string): Error => expect.objectContaining({ code }) as Error

describe('initHome', () => {
  it('founds a group of one voter that can be loaded and verified with', () => {
    const home = tempHome()
    const { groupId, peerId, invite } = initHome({ home, name: 'acme', member: 'alpha' })
    const loaded = loadHome(home)
    expect(invite).toBeNull()
    expect(loaded).toMatchObject({ groupId, member: { peerId, member: 'alpha', role: 'voter', weight: 1 } })
    expect(loaded.founding).toMatchObject({
      name: 'acme',
      consensus: { name: 'pbft' },
      auction: { name: 'sealed-bid' }
    })
    const group = JSON.parse(readFileSync(homePaths(home).group, 'utf8')) as GroupExport
    expect(parseGroupExport(group)).toMatchObject({ ok: true, group: { groupId } })
  })

  it.skipIf(process.platform === 'win32')('keeps everything to its owner', () => {
    const home = tempHome()
    initHome({ home })
    const modeOf = (path: string): number => statSync(path).mode & 0o777
    expect(modeOf(home)).toBe(0o700)
    for (const name of readdirSync(home)) {
      expect([name, modeOf(join(home, name))]).toEqual([name, name === 'data' ? 0o700 : 0o600])
    }
  })

  it('refuses a home that has a group, and leaves it as it is', () => {
    const home = tempHome()
    const { groupId } = initHome({ home })
    const before = readdirSync(home)
    expect(() => initHome({ home, listen: ['/ip4/127.0.0.1/tcp/1'] })).toThrow(failure('QRT_GROUP_EXISTS'))
    expect(readdirSync(home)).toEqual(before)
    expect(loadHome(home).groupId).toBe(groupId)
  })

  it('says how many voters are missing, before anything is written', () => {
    const home = tempHome()
    expect(() => initHome({ home, faultTolerance: 1 })).toThrow(/3 more voters are needed/)
    expect(existsSync(home)).toBe(false)
  })

  it.each([
    ['a member name that an address could not hold', { member: 'a/b' }],
    ['a member name that looks like a peer id', { member: '12D3KooWabc' }],
    ['an empty group name', { name: ' ' }],
    ['an address that is none', { listen: ['127.0.0.1:4000'] }],
    ['an address of another machine', { listen: ['/dns4/example.org/tcp/4000'] }]
  ])('refuses %s', (_what, init) => {
    const home = tempHome()
    expect(() => initHome({ home, ...init })).toThrow(failure('QRT_USAGE'))
    expect(existsSync(home)).toBe(false)
  })

  it('uses the key that an interrupted attempt left behind', () => {
    const [first, second] = [tempHome(), tempHome()]
    const { peerId } = initHome({ home: first })
    mkdirSync(second)
    writeFileSync(homePaths(second).key, readFileSync(homePaths(first).key), { mode: 0o600 })
    expect(initHome({ home: second }).peerId).toBe(peerId)
  })

  it('refuses a home that a process holds', () => {
    const home = tempHome()
    const lock = lockHome(home)
    expect(() => initHome({ home })).toThrow(failure('QRT_ALREADY_RUNNING'))
    lock.release()
    expect(loadHome(initAgain(home)).home).toBe(home)
  })
})

const initAgain = (home: string): string => {
  initHome({ home })
  return home
}

describe('foundGroup', () => {
  it('puts the same group with a voter each into all homes', () => {
    const folder = tempFolder()
    const members = ['peer-1', 'peer-2', 'peer-3', 'peer-4']
    const homes = members.map(name => join(folder, name))
    const { groupId, peers } = foundGroup({ homes, name: 'dev', members })
    expect(homes.map(home => loadHome(home).groupId)).toEqual(members.map(() => groupId))
    expect(homes.map(home => loadHome(home).member.peerId)).toEqual(peers.map(({ peerId }) => peerId))
    expect(new Set(peers.map(({ peerId }) => peerId)).size).toBe(4)
  })

  it('gives no home a group when one has one already', () => {
    const folder = tempFolder()
    const homes = [join(folder, 'a'), join(folder, 'b')]
    initHome({ home: homes[1] as string })
    expect(() => foundGroup({ homes, name: 'dev', members: ['a', 'b'] })).toThrow(failure('QRT_GROUP_EXISTS'))
    expect(existsSync(homePaths(homes[0] as string).founding)).toBe(false)
  })

  it('gives no home a group when one cannot be written', () => {
    const folder = tempFolder()
    const homes = [join(folder, 'a'), join(folder, 'b')]
    mkdirSync(homes[1] as string)
    writeFileSync(homePaths(homes[1] as string).data, 'in the way')
    expect(() => foundGroup({ homes, name: 'dev', members: ['a', 'b'] })).toThrow(
      failure('QRT_STORAGE_FAILED')
    )
    expect(existsSync(homePaths(homes[0] as string).founding)).toBe(false)
  })

  it('refuses members of one name', () => {
    const folder = tempFolder()
    const homes = [join(folder, 'a'), join(folder, 'b')]
    expect(() => foundGroup({ homes, name: 'dev', members: ['a', 'a'] })).toThrow(failure('QRT_USAGE'))
  })
})

describe('loadHome', () => {
  it('says what to do for a home without a group', () => {
    const home = tempHome()
    expect(() => loadHome(home)).toThrow(
      expect.objectContaining({ code: 'QRT_NO_GROUP', suggestions: [`quorate init --home ${home}`] }) as Error
    )
  })

  it('refuses a founding document that is damaged', () => {
    const home = tempHome()
    initHome({ home })
    writeFileSync(homePaths(home).founding, 'rubbish')
    expect(() => loadHome(home)).toThrow(failure('QRT_STORAGE_CORRUPT'))
  })

  it("refuses another home's key", () => {
    const [home, other] = [tempHome(), tempHome()]
    initHome({ home })
    initHome({ home: other })
    writeFileSync(homePaths(home).key, readFileSync(homePaths(other).key))
    expect(() => loadHome(home)).toThrow(failure('QRT_WRONG_GROUP'))
  })

  it.skipIf(process.platform === 'win32')('refuses a key that others may read', () => {
    const home = tempHome()
    initHome({ home })
    chmodSync(homePaths(home).key, 0o644)
    expect(() => loadHome(home)).toThrow(failure('QRT_CONFIG'))
  })
})
