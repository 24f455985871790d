import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowCheck } from '../../src/row-check.ts'
import { intactRow } from '../../src/statements.ts'
import { bytes } from '../support/rows.ts'

const copy = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(bytes(text))
const row = { space: copy('a/b'), key: copy('key'), value: copy('value') }
const crc = rowCheck(row.space, row.key, row.value)

test('a changed byte in any column is noticed', () => {
  const column = fc.constantFrom('space', 'key', 'value')
  const flip = fc.tuple(column, fc.nat({ max: 2 }), fc.integer({ min: 1, max: 255 }))
  fc.assert(
    fc.property(flip, ([name, at, mask]) => {
      const changed = row[name as 'space'].map((byte, index) => (index === at ? byte ^ mask : byte))
      expect(intactRow({ ...row, [name]: changed, crc })).toBeUndefined()
    })
  )
})

test('bytes that move from one column to the next are noticed', () => {
  expect(rowCheck(bytes('ab'), bytes('c'), bytes('d'))).not.toBe(
    rowCheck(bytes('a'), bytes('bc'), bytes('d'))
  )
  expect(rowCheck(bytes('a'), bytes('bc'), bytes('d'))).not.toBe(
    rowCheck(bytes('a'), bytes('b'), bytes('cd'))
  )
})

test('a column of another type is noticed', () => {
  expect(intactRow({ ...row, crc })).toEqual(row)
  expect(intactRow({ ...row, crc: BigInt(crc) })).toBeUndefined()
  expect(intactRow({ ...row, value: 'value', crc })).toBeUndefined()
  expect(intactRow({ ...row, key: null, crc })).toBeUndefined()
})
