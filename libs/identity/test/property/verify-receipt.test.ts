import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonStrictly, verifyReceipt } from '../../src/index.ts'
import { decisionEntry, testGroup, testReceipt } from '../support/group.ts'

const group = testGroup(4)
const receipt = testReceipt(group, { entry: decisionEntry(group, [1, 2, 3]), signers: [0, 2, 3] })
const bytes = Buffer.from(JSON.stringify(receipt))
const isValid = (file: Uint8Array): boolean => {
  const value = parseJsonStrictly(Buffer.from(file).toString('utf8'))
  return verifyReceipt(value, group.file).valid
}

/** White space between JSON tokens carries nothing; every other change has to be noticed. */
const saysTheSame = (file: Uint8Array): boolean =>
  isDeepStrictEqual(parseJsonStrictly(Buffer.from(file).toString('utf8')), receipt)

const splice = (at: number, removed: number, ...added: readonly number[]): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(added), bytes.subarray(at + removed)])

const undetected = (change: (at: number) => Buffer): number[] =>
  [...bytes.keys()].filter(at => {
    const changed = change(at)
    return isValid(changed) !== saysTheSame(changed)
  })

describe('a receipt file, at every one of its bytes', () => {
  it('is valid as it is', () => {
    expect(isValid(bytes)).toBe(true)
  })

  it.each([1, 2, 4, 8, 16, 32, 64, 128])('is invalid with bits %i flipped', bits => {
    expect(undetected(at => splice(at, 1, (bytes[at] ?? 0) ^ bits))).toEqual([])
  })

  it('is invalid with a byte deleted', () => {
    expect(undetected(at => splice(at, 1))).toEqual([])
  })

  it.each(['0', 'A', ' ', '"', '-', '='])(
    'is invalid with %j inserted, unless it stands between tokens',
    text => {
      expect(undetected(at => splice(at, 0, ...Buffer.from(text)))).toEqual([])
    }
  )
})

const isRefused = (file: unknown, groupFile: unknown): boolean => !verifyReceipt(file, groupFile).valid

const anyPair = fc.tuple(fc.anything(), fc.anything())
const anyReceipt = fc.tuple(fc.jsonValue(), fc.constant(group.file))
const anyGroup = fc.tuple(fc.constant(receipt), fc.jsonValue())
const anyField = fc
  .tuple(fc.constantFrom(...Object.keys(receipt)), fc.anything())
  .map(([field, value]): [unknown, unknown] => [{ ...receipt, [field]: value }, group.file])

describe('anything else', () => {
  it.each<[string, fc.Arbitrary<[unknown, unknown]>]>([
    ['any receipt with any group', anyPair],
    ['any JSON as receipt', anyReceipt],
    ['any JSON as group', anyGroup],
    ['a receipt with one field replaced', anyField]
  ])('is refused without throwing: %s', (_, files) => {
    const result = fc.check(fc.property(files, ([file, groupFile]) => isRefused(file, groupFile)))
    expect(result.counterexample).toBeNull()
  })
})
