import { describe, expect, it } from 'vitest'
import { parseJsonStrictly } from '../../src/index.ts'

describe('strict JSON', () => {
  it.each([['{"a":1,"b":{"a":[{"a":":"},{"a":"\\"a\\":"}]}}'], ['[1, "x", null]'], ['"text"'], [' { } ']])(
    'reads %s as JSON.parse does',
    text => {
      expect(parseJsonStrictly(text)).toEqual(JSON.parse(text))
    }
  )

  it.each([
    ['{"a":1,"a":1}'],
    ['{"a":{"b":1},"a":2}'],
    ['[{"a":1,"\\u0061":2}]'],
    ['{"x":["y"],"y":1,"x":2}']
  ])('refuses a field that is named twice: %s', text => {
    expect(parseJsonStrictly(text)).toBeUndefined()
  })

  it.each(['', '{', '{"a":01}', "{'a':1}", '\ufeff{}'])('refuses what is not JSON: %j', text => {
    expect(parseJsonStrictly(text)).toBeUndefined()
  })
})
