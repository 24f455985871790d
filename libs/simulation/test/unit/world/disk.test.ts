import type { StoreOp } from '@quorate/contracts'
import { compareText, createPrng } from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { createVirtualDisk } from '../../../src/world/disk.ts'
import { createForgetfulDisk } from '../../support/forgetful-disk.ts'

const QUIET = { beforeCommit: () => undefined, afterCommit: () => undefined }
const put = (key: string, value = 1): StoreOp => ({
  type: 'put',
  space: 's',
  key,
  value: Uint8Array.of(value)
})

describe('the virtual disk', () => {
  it('reads ranges as a plain sorted list would, whatever was written and deleted before', () => {
    const prng = createPrng(7)
    const disk = createVirtualDisk()
    const store = disk.mount(QUIET)
    const plain = new Map<string, number>()
    const key = () => String.fromCharCode(97 + prng.int(0, 25)).repeat(prng.int(1, 3))
    for (let i = 0; i < 400; i++) {
      const [a, b] = [key(), key()].toSorted(compareText) as [string, string]
      const op = prng.pick<StoreOp>([
        put(a, i % 256),
        put(b, i % 256),
        { type: 'delete', space: 's', key: a },
        { type: 'delete-range', space: 's', from: a, to: `${a}a` }
      ])
      store.commit([op])
      if (op.type === 'put') plain.set(op.key, i % 256)
      if (op.type === 'delete') plain.delete(op.key)
      if (op.type === 'delete-range')
        for (const known of plain.keys()) if (known >= op.from && known < op.to) plain.delete(known)
      const expected = [...plain.keys()].filter(known => known >= a && known < b).toSorted(compareText)
      expect(disk.range('s', { from: a, to: b }).map(row => row.key)).toEqual(expected)
      const last = disk.range('s', { reverse: true, limit: 2 }).map(row => row.key)
      expect(last).toEqual([...plain.keys()].toSorted(compareText).toReversed().slice(0, 2))
    }
  })

  it('loses nothing that it has acknowledged, and all of a transaction that a crash came before', () => {
    const disk = createVirtualDisk()
    disk.mount(QUIET).commit([put('kept')])
    const failing = disk.mount({
      ...QUIET,
      beforeCommit: () => {
        throw new Error('crash')
      }
    })
    expect(() => failing.commit([put('lost'), put('lost too')])).toThrow('crash')
    const after = disk.mount({
      ...QUIET,
      afterCommit: () => {
        throw new Error('crash')
      }
    })
    expect(() => after.commit([put('down before the crash')])).toThrow('crash')
    disk.powerFails()
    expect(disk.range('s').map(row => row.key)).toEqual(['down before the crash', 'kept'])
  })
})

it('the forgetful disk of the tests loses its last commits', () => {
  const disk = createForgetfulDisk(2)()
  for (const key of ['a', 'b', 'c']) disk.mount(QUIET).commit([put(key)])
  disk.powerFails()
  expect(disk.range('s').map(row => row.key)).toEqual(['a'])
})
