import { createPrng } from '@quorate/core'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../src/world/clock.ts'
import { CALM, createVirtualNetwork } from '../../../src/world/network.ts'

const setUp = () => {
  const world = createWorld(0)
  const arrived: string[] = []
  const network = createVirtualNetwork({
    world,
    prng: createPrng(1),
    deliver: (to, frame, from) => void arrived.push(`${from}>${to} ${frame[0]} at ${world.now()}`)
  })
  const send = (from: string, to: string, value: number) => network.send(from, to, Uint8Array.of(value))
  const settle = () => {
    while (world.step());
    return arrived
  }
  return { network, send, settle }
}

describe('the virtual network', () => {
  it('delivers each message once, a little later, when it is calm', () => {
    const { send, settle } = setUp()
    send('a', 'b', 1)
    expect(settle()).toEqual([expect.stringMatching(/^a>b 1 at [123]$/)])
  })

  it('loses what is sent over a cut link, in that direction only, until it is mended', () => {
    const { network, send, settle } = setUp()
    network.cut('a', 'b')
    send('a', 'b', 1)
    send('b', 'a', 2)
    expect(network.isCut('a', 'b')).toBe(true)
    network.mendAll()
    send('a', 'b', 3)
    expect(settle().map(text => text.split(' at')[0])).toEqual(expect.arrayContaining(['b>a 2', 'a>b 3']))
    expect(settle()).toHaveLength(2)
  })

  it('loses and repeats as the weather says', () => {
    const { network, send, settle } = setUp()
    network.setWeather({ ...CALM, lossPpm: 1_000_000 })
    send('a', 'b', 1)
    network.setWeather({ ...CALM, duplicatePpm: 1_000_000 })
    send('a', 'b', 2)
    expect(settle().map(text => text.split(' at')[0])).toEqual(['a>b 2', 'a>b 2'])
  })

  it('loses what a rule names', () => {
    const { network, send, settle } = setUp()
    network.lose(({ to }, frame) => to === 'b' && frame[0] === 1)
    send('a', 'b', 1)
    send('a', 'c', 1)
    send('a', 'b', 2)
    network.mendAll()
    send('a', 'b', 1)
    const texts = settle().map(text => text.split(' at')[0])
    expect(new Set(texts)).toEqual(new Set(['a>b 1', 'a>b 2', 'a>c 1']))
    expect(texts).toHaveLength(3)
  })

  it('has a fingerprint that tells any difference', () => {
    const prints = [1, 2].flatMap(value =>
      ['b', 'c'].map(to => {
        const { network, send } = setUp()
        send('a', to, value)
        return network.fingerprint()
      })
    )
    expect(new Set(prints).size).toBe(4)
  })
})
