import type { Token } from '@quorate/contracts'
import { describe, expect, it } from 'vitest'
import { auctionPlugin } from '../../src/index.ts'

describe('the auction plugin', () => {
  it('provides exactly what its manifest lists', () => {
    const provided: { token: string; name: string }[] = []
    const registrar = {
      provide: <T>(token: Token<T>, name: string) => void provided.push({ token: token.key, name }),
      resolve: () => {
        throw new Error('requires nothing')
      }
    }
    auctionPlugin.register(registrar, {})
    expect(provided).toEqual(auctionPlugin.provides)
  })
})
