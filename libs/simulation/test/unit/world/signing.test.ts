import { sha256, utf8 } from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { createVirtualSigning } from '../../../src/world/signing.ts'

const GROUP = sha256(utf8('group'))

describe('virtual signatures', () => {
  it('open as what was signed, also from a copy of the bytes', () => {
    const { signer, open } = createVirtualSigning(GROUP)
    const signed = signer('a').sign('kind', [1])
    for (const frame of [signed.frame, Uint8Array.from(signed.frame)])
      expect(open(frame)).toMatchObject({ ok: true, envelope: { kind: 'kind', author: 'a', body: [1] } })
  })

  it('break with any changed bit, also after the true frame was seen', () => {
    const { signer, open } = createVirtualSigning(GROUP)
    const { frame } = signer('a').sign('kind', [1])
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const copy = Uint8Array.from(frame)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(open(copy).ok).toBe(false)
    }
  })

  it('are of one group only', () => {
    const { frame } = createVirtualSigning(GROUP).signer('a').sign('kind', [1])
    expect(createVirtualSigning(sha256(utf8('another'))).open(frame).ok).toBe(false)
  })

  it('are the same for the same content', () => {
    const { signer } = createVirtualSigning(GROUP)
    expect(signer('a').sign('kind', [1]).frame).toEqual(signer('a').sign('kind', [1]).frame)
  })
})
