import type { Transport } from '@quorate/contracts'
import type { LoggedEvent, QuorateNode } from '@quorate/runtime'
import { isDialAddress } from '../home/multiaddr.ts'
import { HELLO_LIMITS } from '../machines/hello-message.ts'
import type { Announcement } from '../machines/hello.ts'
import { VERSION } from '../version.ts'
import { BUILT_IN_PLUGINS } from './plugins.ts'

/** How often own addresses are looked at: interfaces come and go. */
const LOOK_EVERY_MS = 15_000

export interface AddressesInit {
  readonly node: Pick<QuorateNode, 'command' | 'subscribe'>
  readonly transport: Pick<Transport, 'addresses' | 'addAddresses'>
}

/** Says where this node listens whenever that changes, and hands what members say to the transport. Gives what ends it. */
export const keepAddresses = ({ node, transport }: AddressesInit): (() => void) => {
  let said = ''
  const look = (): void => {
    const addresses = dialable(transport.addresses())
    if (addresses.join() === said) return
    said = addresses.join()
    const plugins = BUILT_IN_PLUGINS.map(({ name, version }) => ({ name, version }))
    const payload: Announcement = { version: VERSION, addresses, plugins }
    node.command({ name: 'hello.announce', payload })
  }
  const unsubscribe = node.subscribe(event => learn(event, transport))
  const timer = setInterval(look, LOOK_EVERY_MS)
  look()
  return () => {
    clearInterval(timer)
    unsubscribe()
  }
}

const dialable = (addresses: readonly string[]): string[] =>
  addresses
    .map(address => address.replace(/\/p2p\/[^/]+$/, ''))
    .filter(isDialAddress)
    .slice(0, HELLO_LIMITS.addressesMax)

const learn = ({ type, data }: LoggedEvent, transport: AddressesInit['transport']): void => {
  if (type !== 'peer-hello') return
  const { peerId, addresses } = data as { readonly peerId: string; readonly addresses: readonly string[] }
  transport.addAddresses(peerId, addresses)
}
