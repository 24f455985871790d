import { describe, expect, it } from 'vitest'
import { createLineSplitter } from '../../../src/api/entries/line-splitter.ts'

const split = (chunks: readonly string[], lineCharsMax = 100): unknown[] => {
  const splitter = createLineSplitter(lineCharsMax)
  return [...chunks.flatMap(chunk => splitter.push(Buffer.from(chunk))), ...splitter.end()].map(line =>
    'text' in line ? line.text : 'too long'
  )
}

describe('lines', () => {
  it('are put together over chunks, with any line end, the last one without', () => {
    expect(split(['a', 'b\nc\r', '\n\nd'])).toEqual(['ab', 'c', '', 'd'])
  })

  it('are whole characters, however the bytes are cut', () => {
    const bytes = Buffer.from('é€\n')
    const splitter = createLineSplitter(10)
    expect([...bytes].flatMap(byte => splitter.push(Uint8Array.of(byte)))).toEqual([{ text: 'é€' }])
  })

  it('that are too long are left out in bounded memory, the next ones are not', () => {
    expect(split(['x'.repeat(11), 'y'.repeat(500), 'y\nok\n', `${'z'.repeat(11)}\nlast`], 10)).toEqual([
      'too long',
      'ok',
      'too long',
      'last'
    ])
    expect(split(['x'.repeat(99)], 10)).toEqual(['too long'])
  })

  it('there are none in nothing', () => {
    expect(split([])).toEqual([])
  })
})
