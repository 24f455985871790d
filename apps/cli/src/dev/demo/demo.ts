import { demoAuction } from './auction.ts'
import type { DemoContext } from './context.ts'
import { demoCrash } from './crash.ts'
import { demoDecision } from './first-decision.ts'
import { demoLiar } from './liar.ts'

/** The whole demo. True when every step ended as it should. */
export async function runDemo(context: DemoContext): Promise<boolean> {
  const { narrator } = context
  const begin = performance.now()
  await welcome(context)
  for (const step of [demoDecision, demoAuction, demoCrash, demoLiar]) await attempt(context, step)
  const seconds = ((performance.now() - begin) / 1000).toFixed(1)
  narrator.chapter(
    narrator.failures === 0 ? 'Done' : 'Not as it should be',
    narrator.failures === 0
      ? `all of it on real daemons, in ${seconds} s`
      : `${narrator.failures} of the steps failed; the daemons' logs are in their homes`
  )
  return narrator.failures === 0
}

async function welcome({ narrator, peers }: DemoContext): Promise<void> {
  narrator.chapter(
    'A group of four',
    'one process for each peer, on libp2p; in earnest each runs on another machine'
  )
  const status = await peers[0]?.client.status()
  if (!status) return narrator.failed('no status')
  narrator.seen(
    `${status.voters} voters up (n = ${status.voters}), a quorum is q = ${status.quorum}, ` +
      `f = ${status.faultTolerance} of them may crash or lie`
  )
}

/** A step that throws has failed; the next one may still be worth seeing. */
async function attempt(context: DemoContext, step: (context: DemoContext) => Promise<void>): Promise<void> {
  try {
    await step(context)
  } catch (error) {
    if (context.signal.aborted) throw error
    context.narrator.failed(error instanceof Error ? error.message : String(error))
  }
}
