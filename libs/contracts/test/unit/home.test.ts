import { describe, expect, it } from 'vitest'
import { SOCKET_PATH_BYTES_MAX, apiAddress, utf8Length } from '../../src/home.ts'

const init = { tmpdir: '/tmp', sha256Hex: (text: string) => `0123456789abcdef${text.length}` }

describe('apiAddress', () => {
  it('is in the home', () => {
    expect(apiAddress({ ...init, home: '/srv/q' })).toBe('/srv/q/api.sock')
  })

  it('is a short path, determined by the home, when the home is too long for a socket', () => {
    const fits = `/${'a'.repeat(SOCKET_PATH_BYTES_MAX - '//api.sock'.length)}`
    expect(apiAddress({ ...init, home: fits })).toBe(`${fits}/api.sock`)
    expect(apiAddress({ ...init, home: `${fits}a` })).toBe('/tmp/quorate-0123456789abcdef/api.sock')
  })

  it('counts bytes, not characters', () => {
    expect(utf8Length('aé€😀')).toBe(1 + 2 + 3 + 4)
    expect(apiAddress({ ...init, home: `/${'é'.repeat(50)}` })).toBe('/tmp/quorate-0123456789abcdef/api.sock')
  })
})
