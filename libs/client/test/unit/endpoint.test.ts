import { describe, expect, it } from 'vitest'
import { formatEndpoint, parseEndpoint } from '../../src/index.ts'

describe('parseEndpoint', () => {
  it.each([
    ['/a/api.sock', { type: 'socket', socketPath: '/a/api.sock' }],
    ['unix:/a/api.sock', { type: 'socket', socketPath: '/a/api.sock' }],
    ['unix:///a/api.sock', { type: 'socket', socketPath: '/a/api.sock' }],
    ['http://127.0.0.1:7000', { type: 'tcp', host: '127.0.0.1', port: 7000 }],
    ['http://localhost:7000/', { type: 'tcp', host: 'localhost', port: 7000 }],
    ['http://[::1]:7000', { type: 'tcp', host: '::1', port: 7000 }]
  ])('reads %s', (api, endpoint) => {
    expect(parseEndpoint(api)).toEqual(endpoint)
  })

  it.each(['http://example.com:7000', 'https://127.0.0.1', 'ftp://x', 'http://', ''])('refuses %s', api => {
    expect(() => parseEndpoint(api)).toThrow(expect.objectContaining({ code: 'QRT_USAGE' }) as Error)
  })

  it('writes an address as it was given', () => {
    expect(formatEndpoint(parseEndpoint('http://[::1]:7000'))).toBe('http://[::1]:7000')
  })
})
