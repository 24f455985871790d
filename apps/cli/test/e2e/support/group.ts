import type { LedgerEntryView } from '@quorate/contracts'
import { startCli, signal } from './daemon-process.ts'
import { createPeer } from './peer.ts'
import type { Peer, PeerInit } from './peer.ts'
import { tempFolder } from './temp-folder.ts'
import { until } from './until.ts'

/** A group that `quorate dev` has started, one process for each peer. */
export interface Group {
  readonly groupId: string
  readonly folder: string
  readonly peers: readonly Peer[]
  peer(number: number): Peer
  /** Those that are not these. */
  others(...peers: readonly Peer[]): Peer[]
  /** The peer that leads, as the first one that answers says. */
  primary(): Promise<Peer>
  /** Until all these peers have the entry, with one digest; gives it. */
  agree(sequence: number, peers?: readonly Peer[]): Promise<string>
  /** Ends every process, by its id, and removes the homes. */
  dispose(): Promise<void>
}

interface Ready {
  readonly groupId: string
  readonly peers: readonly PeerInit[]
}

export async function startGroup(count = 4): Promise<Group> {
  const folder = tempFolder()
  const dev = startCli(['dev', '--json', '--home', folder.path, '--peers', String(count)])
  const end = async (): Promise<void> => {
    signal(dev.pid, 'SIGTERM')
    await dev.ended
    folder.remove()
  }
  try {
    const { groupId, peers } = await until('the group is ready', () => readyLine(dev), 50_000)
    return createGroup({ groupId, folder: folder.path, peers: peers.map(createPeer), end })
  } catch (error) {
    await end()
    throw error
  }
}

function readyLine(dev: ReturnType<typeof startCli>): Ready | undefined {
  const text = dev.stdout()
  return text.includes('\n') ? (JSON.parse(text) as Ready) : undefined
}

type GroupParts = Pick<Group, 'groupId' | 'folder' | 'peers'> & { readonly end: () => Promise<void> }

function createGroup({ groupId, folder, peers, end }: GroupParts): Group {
  const peer = (number: number): Peer => {
    const found = peers[number - 1]
    if (!found) throw new RangeError(`there is no peer ${number}`)
    return found
  }
  return {
    groupId,
    folder,
    peers,
    peer,
    others: (...left) => peers.filter(one => !left.includes(one)),
    primary: async () => {
      const { primary } = await Promise.any(peers.map(one => one.client.status()))
      return peers.find(({ peerId }) => peerId === primary) ?? peer(1)
    },
    agree: (sequence, these = peers) => agree(sequence, these),
    dispose: async () => {
      await Promise.allSettled(peers.map(one => one.dispose()))
      await end()
    }
  }
}

async function agree(sequence: number, peers: readonly Peer[]): Promise<string> {
  const digests = await Promise.all(
    peers.map(peer => until(`${peer.name} has entry ${sequence}`, async () => digestAt(peer, sequence)))
  )
  const [first = ''] = digests
  if (digests.some(digest => digest !== first)) throw new Error(`entry ${sequence}: ${digests.join(', ')}`)
  return first
}

async function digestAt(peer: Peer, sequence: number): Promise<string | undefined> {
  return (await peer.client.ledger({ since: sequence - 1, limit: 1 }))[0]?.digest
}

/** The whole ledger of a peer. */
export async function wholeLedger(peer: Peer): Promise<LedgerEntryView[]> {
  const entries: LedgerEntryView[] = []
  for (;;) {
    const next = await peer.client.ledger({ since: entries.at(-1)?.sequence ?? 0, limit: 1000 })
    entries.push(...next)
    if (next.length < 1000) return entries
  }
}
