import type { Session } from '../../session.ts'
import { createStyle, wantsColour } from '../../output/style.ts'
import type { Cluster, DevPeer } from '../cluster.ts'
import type { DemoPeer } from './context.ts'
import { runDemo } from './demo.ts'
import { createNarrator } from './narrator.ts'

export interface DemoStart {
  readonly session: Session
  readonly cluster: Cluster
  readonly peers: readonly DevPeer[]
}

/** Runs the demo on the peers of `dev`. With --json its words go to standard error. True when all went as it should. */
export async function startDemo({ session, cluster, peers }: DemoStart): Promise<boolean> {
  const { terminal, json } = session
  const output = json ? terminal.stderr : terminal.stdout
  const style = createStyle(wantsColour(output.isTTY, terminal.env))
  const narrator = createNarrator(output, style)
  const [first] = cluster.clients
  if (!first) return false
  const group = await first.group()
  const demoPeers = peers.map((peer, index) => demoPeer(cluster, peer, index))
  return runDemo({ peers: demoPeers, group, narrator, signal: terminal.signal })
}

const demoPeer = (cluster: Cluster, { name, home, peerId }: DevPeer, index: number): DemoPeer => {
  const client = cluster.clients[index]
  if (!client) throw new RangeError(`there is no client for ${name}`)
  return {
    name,
    home,
    peerId,
    client,
    pid: () => cluster.processes[index]?.pid ?? 0,
    kill: async () => cluster.processes[index]?.kill(),
    stop: async () => cluster.processes[index]?.stop(),
    start: () => cluster.restart(index)
  }
}
