import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { boundAddresses, chooseListenAddresses } from '../../../src/process/listen-addresses.ts'

const takePort = async (): Promise<{ port: number; server: Server }> => {
  const server = createServer()
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, server }
}

describe('where to listen', () => {
  it('is the port of the last run while that is free', async () => {
    const { port, server } = await takePort()
    const previous = [`/ip4/127.0.0.1/tcp/${port}`]
    expect(await chooseListenAddresses(['/ip4/127.0.0.1/tcp/0'], previous)).toEqual(['/ip4/127.0.0.1/tcp/0'])
    await new Promise(resolve => void server.close(resolve))
    expect(await chooseListenAddresses(['/ip4/127.0.0.1/tcp/0'], previous)).toEqual(previous)
  })

  it('is what is configured when that names a port', async () => {
    expect(await chooseListenAddresses(['/ip4/127.0.0.1/tcp/9'], ['/ip4/127.0.0.1/tcp/8'])).toEqual([
      '/ip4/127.0.0.1/tcp/9'
    ])
  })

  it('is never the same port twice', async () => {
    const chosen = await chooseListenAddresses(
      ['/ip4/127.0.0.1/tcp/0', '/ip4/127.0.0.1/tcp/0'],
      ['/ip4/127.0.0.1/tcp/39137']
    )
    expect(chosen.filter(address => address.endsWith('/39137')).length).toBeLessThan(2)
  })
})

describe('what was listened on', () => {
  it.each([
    [['/ip4/127.0.0.1/tcp/0'], ['/ip4/127.0.0.1/tcp/41/p2p/x'], ['/ip4/127.0.0.1/tcp/41']],
    [['/ip4/0.0.0.0/tcp/0'], ['/ip4/10.0.0.1/tcp/41', '/ip4/127.0.0.1/tcp/41'], ['/ip4/0.0.0.0/tcp/41']],
    [
      ['/ip4/127.0.0.1/tcp/0', '/ip6/::1/tcp/0', '/ip4/127.0.0.1/tcp/9'],
      ['/ip4/127.0.0.1/tcp/41', '/ip6/::1/tcp/42', '/ip4/127.0.0.1/tcp/9'],
      ['/ip4/127.0.0.1/tcp/41', '/ip6/::1/tcp/42', '/ip4/127.0.0.1/tcp/9']
    ],
    [['/ip4/127.0.0.1/tcp/0'], [], ['/ip4/127.0.0.1/tcp/0']]
  ])('%s on %s is %s', (listen, actual, bound) => {
    expect(boundAddresses(listen, actual)).toEqual(bound)
  })
})
