/** Disks that fill up, files that rot, power that goes: refused clearly or recovered, never half. */
import { appendFileSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorBody, LedgerEntryView, ProposalView } from '@quorate/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Running } from './support/daemon-process.ts'
import { wholeLedger } from './support/group.ts'
import { createPeer, runJson } from './support/peer.ts'
import type { Peer } from './support/peer.ts'
import { spawnCommand } from './support/spawn-cli.ts'
import { tempFolder } from './support/temp-folder.ts'
import type { TempFolder } from './support/temp-folder.ts'

let folder: TempFolder
let peer: Peer
let isMounted = false

/** A group of one in that folder, running. */
async function startAlone(home: string): Promise<Running> {
  const argv = ['init', '--home', home, '--member', 'alone', '--listen', '/ip4/127.0.0.1/tcp/0']
  const { value } = await runJson<{ peerId: string }>(argv)
  peer = createPeer({ name: 'alone', peerId: value.peerId, home, pid: 0 })
  const running = await peer.restart('--json')
  await peer.ready()
  return running
}

async function fill(count: number): Promise<LedgerEntryView[]> {
  const entries = Array.from({ length: count }, (_, n) => ({
    statement: `entry ${n}`,
    data: 'x'.repeat(500)
  }))
  for await (const result of peer.client.entries(entries)) expect(result).toHaveProperty('sequence')
  return wholeLedger(peer)
}

beforeEach(() => {
  folder = tempFolder()
})
afterEach(async () => {
  await peer?.dispose()
  if (isMounted) await spawnCommand('umount', ['-l', folder.path])
  folder.remove()
})

describe('a store that was changed while the daemon was stopped', () => {
  it('is refused with the name of the file, and taken again when it is put back', async () => {
    await startAlone(join(folder.path, 'home'))
    const before = await fill(200)
    await peer.end('SIGTERM')
    const file = join(peer.home, 'data/store.db')
    copyFileSync(file, `${file}.kept`)
    writeFileSync(file, flipped(readFileSync(file)))
    const { code, value } = await runJson<ErrorBody>(['daemon', '--home', peer.home])
    expect([code, value.error.code]).toEqual([1, 'QRT_STORAGE_CORRUPT'])
    expect(value.error.message).toContain(file)
    expect(value.error.suggestions.length).toBeGreaterThan(0)
    copyFileSync(`${file}.kept`, file)
    await peer.restart()
    expect(await wholeLedger(peer)).toEqual(before)
  })

  it('an older copy is refused too: it has forgotten what it signed', async () => {
    await startAlone(join(folder.path, 'home'))
    await fill(20)
    await peer.end('SIGTERM')
    const file = join(peer.home, 'data/store.db')
    copyFileSync(file, `${file}.older`)
    await peer.restart()
    await peer.ready()
    await fill(20)
    await peer.end('SIGTERM')
    copyFileSync(`${file}.older`, file)
    const { code, value } = await runJson<ErrorBody>(['daemon', '--home', peer.home])
    expect([code, value.error.code]).toEqual([1, 'QRT_STORAGE_CORRUPT'])
    expect(value.error.message).toContain(file)
  })
})

/** One bit in every page but the first. */
function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let page = 1; page * 4096 < copy.length; page++) {
    const at = page * 4096 + 2048
    copy[at] = (copy[at] ?? 0) ^ 0x10
  }
  return copy
}

describe('a log that ends in the middle of a write', () => {
  it('is recovered, with everything that was acknowledged', async () => {
    await startAlone(join(folder.path, 'home'))
    const before = await fill(50)
    await peer.end('SIGKILL')
    const log = join(peer.home, 'data/store.db-wal')
    expect(existsSync(log)).toBe(true)
    // The beginning of one more transaction: a frame of the log again, and half of another.
    appendFileSync(log, readFileSync(log).subarray(32, 32 + 24 + 4096 + 2000))
    await peer.restart()
    await peer.ready()
    expect(await wholeLedger(peer)).toEqual(before)
    expect(await peer.json('propose', 'Go on')).toMatchObject({ code: 0 })
  })
})

describe('a full disk', () => {
  it('stops the daemon with QRT_STORAGE_FAILED; with space again, nothing acknowledged is lost', async ctx => {
    ctx.skip(!(await mountSmall(folder.path)), 'needs root to mount a small file system')
    const running = await startAlone(join(folder.path, 'home'))
    const acknowledged = await fillUp()
    expect(await running.ended).toBe(1)
    const { error } = JSON.parse(running.stdout()) as ErrorBody
    expect(error.code).toBe('QRT_STORAGE_FAILED')
    expect(error.suggestions.join()).toMatch(/space/)
    await spawnCommand('mount', ['-o', 'remount,size=256m', folder.path])
    await peer.restart()
    await peer.ready()
    const ledger = new Map((await wholeLedger(peer)).map(({ sequence, digest }) => [sequence, digest]))
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(acknowledged.filter(({ sequence, digest }) => ledger.get(sequence) !== digest)).toEqual([])
    const { code, value } = await peer.json<ProposalView>('propose', 'Space again')
    expect([code, value.outcome]).toEqual([0, 'accepted'])
  })
})

async function mountSmall(path: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false
  const mounted = await spawnCommand('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', path])
  isMounted = mounted.code === 0
  return isMounted
}

/** Orders entries until the daemon is gone; gives those that it has acknowledged. */
async function fillUp(): Promise<{ readonly sequence: number; readonly digest: string }[]> {
  const acknowledged: { readonly sequence: number; readonly digest: string }[] = []
  const source = Array.from({ length: 2000 }, (_, n) => ({
    statement: `entry ${n}`,
    data: 'x'.repeat(20_000)
  }))
  try {
    for await (const result of peer.client.entries(source))
      if ('sequence' in result) acknowledged.push(result)
  } catch {
    // The disk is full, and the daemon stops: that is the test.
  }
  return acknowledged
}
