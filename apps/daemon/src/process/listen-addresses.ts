import { createServer } from 'node:net'
import { formatListenAddress, parseTcpAddress } from '../home/multiaddr.ts'

/**
 * Where to listen: as configured, but port 0 becomes the port of the last run while that is free, so that what others
 * know of this node stays true over a restart.
 */
export const chooseListenAddresses = async (
  configured: readonly string[],
  previous: readonly string[]
): Promise<string[]> => {
  const ports = previous.map(parseTcpAddress)
  const taken = new Set<number>()
  const chosen: string[] = []
  for (const text of configured) {
    const wanted = parseTcpAddress(text)
    const before = ports.find(
      known => known?.host === wanted?.host && !taken.has(known?.port ?? 0) && (known?.port ?? 0) > 0
    )
    const reuse = wanted?.port === 0 && before !== undefined && (await isFree(before.host, before.port))
    chosen.push(reuse ? formatListenAddress(before) : text)
    if (reuse) taken.add(before.port)
  }
  return chosen
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port }, () => server.close(() => resolve(true)))
  })

/** What to take again at the next start: the configured addresses with the ports that they got. */
export const boundAddresses = (listen: readonly string[], actual: readonly string[]): string[] => {
  const ports = [...new Set(actual.map(text => parseTcpAddress(text)?.port ?? 0))].filter(port => port > 0)
  const free = ports.filter(port => !listen.some(text => parseTcpAddress(text)?.port === port))
  return listen.map(text => {
    const wanted = parseTcpAddress(text)
    if (!wanted || wanted.port !== 0) return text
    const own = actual
      .map(parseTcpAddress)
      .find(known => known?.host === wanted.host && free.includes(known.port))
    const port = own?.port ?? free[0] ?? 0
    free.splice(free.indexOf(port), 1)
    return formatListenAddress({ ...wanted, port })
  })
}
