import { peerCalled, type DemoContext, type DemoPeer } from './context.ts'
import { decide, sameLedger } from './decide.ts'
import { eventually } from './wait.ts'

/** The primary is killed; the others go on; it comes back and catches up. */
export async function demoCrash(context: DemoContext): Promise<void> {
  const { narrator, peers } = context
  narrator.chapter(
    'Survive a crash',
    'the primary is killed with SIGKILL; three of four voters are still a quorum'
  )
  const before = await peers[0]?.client.status()
  const victim = peerCalled(context, before?.primary ?? '')
  const other = peers.find(peer => peer !== victim)
  if (!before || !victim || !other) return narrator.failed('no primary was named')
  narrator.doing(`kill -9 ${victim.pid()} (${victim.name}, primary of view ${before.view})`)
  await victim.kill()
  narrator.doing(`${other.name}: quorate propose "Go on without ${victim.name}"`)
  const view = await decide(context, other.client, `Go on without ${victim.name}`)
  if (view?.sequence === undefined || view.sequence === null) return
  const after = await other.client.status()
  narrator.seen(
    `view ${after.view} now: ${peerCalled(context, after.primary)?.name ?? after.primary} is the primary`
  )
  await comeBack(context, victim, view.sequence)
}

async function comeBack(context: DemoContext, victim: DemoPeer, sequence: number): Promise<void> {
  const { narrator, signal } = context
  narrator.doing(`quorate daemon --home …/${victim.name}`)
  await victim.start()
  const state = await eventually(
    async () => {
      const [entry] = await victim.client.ledger({ since: sequence - 1, limit: 1 })
      const status = entry && (await victim.client.status())
      return status?.state === 'ready' ? status : undefined
    },
    { withinMs: 20_000, signal }
  )
  if (!state) return narrator.failed(`${victim.name} did not catch up`)
  narrator.seen(`${victim.name} is back and has caught up to height ${state.height}`)
  await sameLedger(context, sequence)
}
