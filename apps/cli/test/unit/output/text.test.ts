import { describe, expect, it } from 'vitest'
import { ago, counted, decimal, span } from '../../../src/output/amount.ts'
import { clean, shorten } from '../../../src/output/clean.ts'
import { formatJson } from '../../../src/output/json.ts'
import { createStyle, wantsColour } from '../../../src/output/style.ts'
import { table } from '../../../src/output/table.ts'

describe('text from peers', () => {
  it('cannot move the cursor, colour the screen or turn the writing round', () => {
    expect(clean('a\u001B[2Jb\u009Bc\u202Ed')).toBe('a\\u{1b}[2Jb\\u{9b}c\\u{202e}d')
  })

  it('stays on one line', () => {
    expect(clean('one\ntwo\tthree\r')).toBe('one two three\\u{d}')
  })

  it('is cut between characters', () => {
    expect(shorten('😀😀😀', 2)).toBe('😀…')
    expect(shorten('ab', 2)).toBe('ab')
  })

  it('is escaped in JSON where JSON would let it through', () => {
    expect(formatJson('\u009B2J\u2028', false)).toBe('"\\u009b2J\\u2028"')
  })
})

describe('JSON', () => {
  it('is one line for programs and indented for people', () => {
    expect(formatJson({ a: [1] }, false)).toBe('{"a":[1]}')
    expect(formatJson({ a: [1] }, true)).toBe('{\n  "a": [\n    1\n  ]\n}')
  })
})

describe('colour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false]
  ])('on a terminal: %s, environment %j: %s', (isTTY, env, wanted) => {
    expect(wantsColour(isTTY, env)).toBe(wanted)
  })

  it('is off without a trace', () => {
    expect(createStyle(false).red('x')).toBe('x')
    expect(createStyle(true).red('x')).toBe('\u001B[31mx\u001B[39m')
  })
})

describe('tables', () => {
  it('align text left and numbers right, without trailing space', () => {
    const text = table(['Name', 'N'], [['a', '5'], ['long', '12']], createStyle(false)) // prettier-ignore
    expect(text).toBe('Name   N\na      5\nlong  12')
  })
})

describe('amounts', () => {
  it('read as people say them', () => {
    expect([counted(1, 'peer'), counted(2, 'peer')]).toEqual(['1 peer', '2 peers'])
    expect([decimal(0.5), decimal(1 / 3), decimal(4)]).toEqual(['0.5', '0.333', '4'])
    expect([850, 12_000, 300_000, 10_800_000, 200_000_000].map(span)).toEqual([
      '850 ms',
      '12 s',
      '5 min',
      '3 h',
      '2 days'
    ])
    expect(ago('1970-01-01T00:00:00.000Z', 2000)).toBe('2 s ago')
  })
})
