import { describe, expect, it } from 'vitest'
import { ACCEPT, ignore, reject, type CborValue, type MessageCodec, type Signing } from '@quorate/contracts'
import { LIMITS, sha256, struct, uint, utf8 } from '@quorate/core'
import { createKeyedSigning } from '@quorate/test-support'
import { createBoundary } from '../../../src/node/boundary.ts'
import { createMachine } from '../../support/machines.ts'

const GROUP = sha256(utf8('this group'))
const shape = struct({ number: uint(9) })
const codec: MessageCodec = { kind: 'test/number', frameBytesMax: 300, decode: body => shape.decode(body) }

const setUp = (self: Signing = createKeyedSigning(GROUP, 'self')) => {
  const receive = createBoundary({
    signing: self,
    machines: [createMachine('m', { codecs: [codec] })],
    isMember: peer => peer !== 'stranger'
  })
  const from = (author: string, kind: string, body: CborValue, group = GROUP): Uint8Array =>
    createKeyedSigning(group, author).sign(kind, body).frame
  return { receive, from }
}

describe('the boundary', () => {
  it('hands a good frame to the machine that knows its kind, with its body read (W15)', () => {
    const { receive, from } = setUp()
    const { verdict, addressed } = receive(from('peer-2', 'test/number', [7]), 'peer-3')
    expect(verdict).toEqual(ACCEPT)
    expect(addressed).toMatchObject({
      machine: 'm',
      input: { type: 'message', from: 'peer-3', envelope: { author: 'peer-2', body: { number: 7 } } }
    })
  })

  const flipped = (frame: Uint8Array): Uint8Array => frame.with(frame.length - 1, (frame.at(-1) ?? 0) ^ 1)

  it.each([
    ['garbage', () => utf8('garbage'), reject('frame-malformed')],
    ['nothing', () => new Uint8Array(), reject('frame-malformed')],
    ['oversize', () => new Uint8Array(LIMITS.frameBytesMax + 1), reject('frame-too-large')],
    [
      'a wrong signature',
      () => flipped(setUp().from('peer-2', 'test/number', [7])),
      reject('signature-invalid')
    ],
    [
      'a frame of another group',
      () => setUp().from('peer-2', 'test/number', [7], sha256(utf8('another'))),
      reject('signature-invalid')
    ],
    ['its own frame coming back', () => setUp().from('self', 'test/number', [7]), ignore('own-message')],
    ['a stranger', () => setUp().from('stranger', 'test/number', [7]), reject('author-not-a-member')],
    ['an unknown kind', () => setUp().from('peer-2', 'test/unknown', [7]), ignore('kind-unknown')],
    [
      'more than the kind may be',
      () => setUp().from('peer-2', 'test/number', new Uint8Array(400)),
      reject('frame-too-large')
    ],
    ['a body out of bounds', () => setUp().from('peer-2', 'test/number', [10]), reject('body-malformed')],
    ['a body of another form', () => setUp().from('peer-2', 'test/number', null), reject('body-malformed')]
  ])('meets %s with the documented verdict (W15)', (_, frame, verdict) => {
    expect(setUp().receive(frame(), 'peer-3')).toEqual({ verdict })
  })

  it('looks at a frame as long as nothing else decides (W15)', () => {
    const frame = setUp().from('stranger', 'test/unknown', [7])
    expect(setUp().receive(frame, 'peer-3')).toEqual({ verdict: reject('author-not-a-member') })
  })
})
