import { describe, expect, it } from 'vitest'
import { describeEvent } from '../../../src/run/describe-event.ts'
import { TAIL_LINES, createTranscript } from '../../../src/run/transcript.ts'

describe('a transcript', () => {
  it('keeps its last lines, and tells all of them to who listens', () => {
    const told: string[] = []
    const transcript = createTranscript(
      () => 7,
      line => told.push(line)
    )
    for (let i = 0; i < 500; i++) transcript.note(i % 2 === 0 ? `line ${i}` : () => `made ${i}`)
    expect(told).toHaveLength(500)
    expect(told[1]).toBe('     7 ms  made 1')
    expect(transcript.tail()).toEqual(told.slice(-TAIL_LINES))
  })

  it('makes no line that nobody reads', () => {
    const transcript = createTranscript(() => 0)
    transcript.note(() => expect.fail('was made'))
    for (let i = 0; i < 200; i++) transcript.note('another')
    expect(transcript.tail()).toHaveLength(TAIL_LINES)
  })
})

describe('an event', () => {
  it('is one readable line', () => {
    const data = { id: 'ab'.repeat(32), list: [1, null], frame: new Uint8Array(3), inner: { ok: true } }
    expect(describeEvent('decided', data)).toBe(
      'decided: id abababab, list [1 null], frame 3 bytes, inner (ok true)'
    )
  })
})
