import { isIP } from 'node:net'

/** Where to listen or dial: `/ip4/ADDRESS/tcp/PORT` or `/ip6/ADDRESS/tcp/PORT`; a dialled one may name a host (`/dns4`). */
export interface TcpAddress {
  readonly family: 'ip4' | 'ip6' | 'dns' | 'dns4' | 'dns6'
  readonly host: string
  readonly port: number
  /** From a trailing `/p2p/PEER`. */
  readonly peerId: string | undefined
}

const FORM = /^\/(ip4|ip6|dns|dns4|dns6)\/([^/]+)\/tcp\/(\d{1,5})(?:\/p2p\/([1-9A-HJ-NP-Za-km-z]+))?$/
const HOST = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/

export const ADDRESS_BYTES_MAX = 320

/** Reads the text form of a TCP multiaddr without a libp2p package; undefined for anything else. */
export const parseTcpAddress = (text: string): TcpAddress | undefined => {
  const match = text.length <= ADDRESS_BYTES_MAX ? FORM.exec(text) : null
  if (!match) return undefined
  const [, family, host, digits, peerId] = match as unknown as [
    string,
    TcpAddress['family'],
    string,
    string,
    string | undefined
  ]
  const port = Number(digits)
  return port <= 65_535 && isHostOf(family, host) ? { family, host, port, peerId } : undefined
}

const isHostOf = (family: TcpAddress['family'], host: string): boolean => {
  if (family === 'ip4') return isIP(host) === 4
  return family === 'ip6' ? isIP(host) === 6 : HOST.test(host)
}

/** An address to listen on: an IP address of this machine, and no peer. */
export const isListenAddress = (text: string): boolean => {
  const address = parseTcpAddress(text)
  return address !== undefined && isIP(address.host) !== 0 && address.peerId === undefined
}

/** An address that can be dialled: with a port, and not "any address". */
export const isDialAddress = (text: string): boolean => {
  const address = parseTcpAddress(text)
  return address !== undefined && address.port > 0 && address.host !== '0.0.0.0' && address.host !== '::'
}

export const formatListenAddress = ({ family, host, port }: Omit<TcpAddress, 'peerId'>): string =>
  `/${family}/${host}/tcp/${port}`
