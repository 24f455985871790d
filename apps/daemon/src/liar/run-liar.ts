import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ACCEPT, reject, type Envelope, type Signing } from '@quorate/contracts'
import { BALLOT_KIND, PROPOSAL_KIND, ballotShape, foundingVoterSet, type Ballot } from '@quorate/core'
import { createSigning } from '@quorate/identity'
import { createLibp2pTransport, type Libp2pTransport } from '@quorate/network'
import { lockHome } from '@quorate/storage'
import { loadHome, type LoadedHome } from '../home/index.ts'

export interface LiarInit {
  /** Of the member whose key it uses; no daemon may run on it. */
  readonly home: string
  /** Addresses of other members, `/ip4/.../tcp/.../p2p/PEER`. */
  readonly peers: readonly string[]
  /** Told of everything that it does. */
  readonly say: (line: { readonly [key: string]: unknown }) => void
}

export interface RunningLiar {
  stop(): Promise<void>
}

/** How long the others are waited for. */
const CONNECT_MS_MAX = 10_000

/**
 * A member that lies, for demonstrations and tests: it signs two different ballots on every proposal that it hears of, and
 * sends both to everybody. Real keys, real network; it does nothing else of what a daemon does. Resolves when all of `peers`
 * are connected, or after ten seconds: from then on it hears what they say.
 * Errors: QRT_ALREADY_RUNNING, QRT_NO_GROUP.
 */
export const runLiar = async ({ home, peers, say }: LiarInit): Promise<RunningLiar> => {
  const loaded = loadHome(resolve(home))
  const lock = lockHome(loaded.home)
  const signing = createSigning({ key: loaded.key, groupId: loaded.groupId })
  const transport = createTransport(loaded)
  const lied = new Set<string>()

  const lieAbout = ({ digest }: Envelope): void => {
    if (lied.has(digest)) return
    lied.add(digest)
    for (const verdict of ['accept', 'reject'] as const) {
      const { frame, digest: ballot } = signBallot({ signing, loaded }, digest, verdict)
      transport.broadcast(frame, 'members')
      say({ said: verdict, proposal: digest, ballot })
    }
  }

  const wanted = new Set(peers.map(peerOf))
  const connected = Promise.withResolvers<void>()
  const onPeer = (peer: string, isConnected: boolean): void => {
    say({ peer, connected: isConnected })
    if (isConnected) wanted.delete(peer)
    if (wanted.size === 0) connected.resolve()
  }

  await transport.start({
    onPeer,
    onFrame: frame => {
      const opened = signing.open(frame)
      if (!opened.ok) return reject('frame-refused')
      if (opened.envelope.kind === PROPOSAL_KIND) lieAbout(opened.envelope)
      return ACCEPT
    }
  })
  for (const address of peers) transport.addAddresses(peerOf(address), [address])
  await Promise.race([connected.promise, delay(CONNECT_MS_MAX, undefined, { ref: false })])
  say({ liar: signing.self, addresses: transport.addresses(), missing: [...wanted] })
  return {
    stop: async () => {
      await transport.stop()
      lock.release()
    }
  }
}

const peerOf = (address: string): string => address.split('/p2p/')[1] ?? ''

const createTransport = ({ founding, groupId, key }: LoadedHome): Libp2pTransport =>
  createLibp2pTransport({
    privateKey: key.seed,
    groupId,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    members: founding.members.map(({ peerId }) => peerId),
    voters: founding.members.filter(({ role }) => role === 'voter').map(({ peerId }) => peerId)
  })

const signBallot = (
  { signing, loaded }: { readonly signing: Signing; readonly loaded: LoadedHome },
  proposal: string,
  verdict: Ballot['verdict']
): Envelope => {
  const { epoch, digest: voterSet } = foundingVoterSet(loaded.founding)
  const ballot: Ballot = {
    proposal,
    epoch,
    voterSet,
    verdict,
    confidencePpm: 1_000_000,
    reason: `a lie: ${verdict}`,
    options: []
  }
  return signing.sign(BALLOT_KIND, ballotShape.encode(ballot))
}
