import type { EvidenceDetail } from '@quorate/contracts'
import type { DemoContext, DemoPeer } from './context.ts'
import { decide } from './decide.ts'
import { eventually } from './wait.ts'

/** One member runs another program than the daemon: it signs two different ballots. The others convict it. */
export async function demoLiar(context: DemoContext): Promise<void> {
  const { narrator, peers } = context
  narrator.chapter(
    'Catch a liar',
    'peer-4 runs a program that signs two different ballots on the same proposal'
  )
  const [honest, liar] = [peers[0], peers[3]]
  if (!honest || !liar) return
  await liar.stop()
  narrator.doing('peer-4: its daemon is stopped; a lying program takes its key and its place')
  const { runLiar } = await import('@quorate/daemon/liar')
  const heard = new Set<unknown>()
  const lies = await runLiar({
    home: liar.home,
    peers: await addressesOf(context, liar),
    say: ({ peer, connected }) => void (connected === true && heard.add(peer))
  })
  try {
    if (!(await isConnected(context, () => heard.has(honest.peerId)))) return
    narrator.doing('peer-1: quorate propose "Trust, but verify"')
    const view = await decide(context, honest.client, 'Trust, but verify')
    if (view) await convict(context, honest, liar)
  } finally {
    await lies.stop()
  }
  await liar.start()
  narrator.doing('peer-4: the honest daemon is back')
}

/** It can lie only about what it hears of: the group may be faster with its decision than a newcomer with its dialling. */
async function isConnected(context: DemoContext, inside: () => boolean): Promise<boolean> {
  const { narrator, peers, signal } = context
  const liar = peers[3]?.peerId
  const outside = async (): Promise<boolean> =>
    (await peers[0]?.client.peers())?.find(({ peerId }) => peerId === liar)?.connected === true
  const both = async (): Promise<true | undefined> => (inside() && (await outside()) ? true : undefined)
  if (await eventually(both, { withinMs: 15_000, signal })) return true
  narrator.failed('the lying program does not get through to peer-1')
  return false
}

async function addressesOf({ peers }: DemoContext, liar: DemoPeer): Promise<string[]> {
  const others = peers.filter(peer => peer !== liar)
  const statuses = await Promise.all(others.map(({ client }) => client.status()))
  return statuses.flatMap(({ addresses }) => addresses ?? [])
}

async function convict(context: DemoContext, honest: DemoPeer, liar: DemoPeer): Promise<void> {
  const { narrator, signal } = context
  const detail = await eventually(async () => findConviction(honest, liar), { withinMs: 15_000, signal })
  if (!detail) return narrator.failed('no evidence against peer-4 came on the ledger')
  narrator.seen(
    `caught: evidence ${detail.evidenceId.slice(0, 16)}… against ${liar.name} is on the ledger, type ${detail.type}`
  )
  narrator.block(`first   ${detail.first.says}\nsecond  ${detail.second.says}`)
  narrator.seen('both are validly signed with its key: anyone can check, nobody can deny')
}

async function findConviction(honest: DemoPeer, liar: DemoPeer): Promise<EvidenceDetail | undefined> {
  const found = (await honest.client.evidence()).find(({ peerId }) => peerId === liar.peerId)
  return found && honest.client.evidenceDetail(found.evidenceId)
}
