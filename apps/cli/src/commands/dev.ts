import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { startCluster } from '../dev/cluster.ts'
import type { Cluster, DevPeer } from '../dev/cluster.ts'
import { openDevFolder, prepareHomes } from '../dev/homes.ts'
import { stopSignal } from '../dev/stop-signal.ts'
import { parseNumber } from '../input/number.ts'
import { DONE, FAILED } from '../outcome.ts'
import { formatJson } from '../output/json.ts'
import { startProgress } from '../output/progress.ts'
import type { DevReady } from '../render/dev.ts'
import type { Session } from '../session.ts'

/** One may crash or lie, and a quorum is left. */
const DEMO_PEERS_MIN = 4
const PEERS = { min: 1, max: 32, integer: true }

export default class Dev extends BaseCommand {
  static override summary = 'Run a whole group on this machine, to try things out.'
  static override description =
    'One process for each peer, in the folders peer-1, peer-2, ... of --home; temporary ones without --home. When all are ' +
    'ready it says so, and stays until Ctrl-C. A peer that ends is reported and not started again: ' +
    '`quorate daemon --home DIR/peer-2` does that.'
  static override examples = [
    { command: 'quorate dev', description: 'Four peers, which tolerate one liar' },
    {
      command: 'quorate dev --demo --exit',
      description: 'Watch them decide, allocate, survive a crash and catch a liar'
    },
    { command: 'quorate dev --peers 7 --home ./try', description: 'Seven, in a folder that stays' },
    { command: 'quorate --home ./try/peer-2 status', description: 'Talk to the second one' }
  ]
  static override endsOnInterrupt = true
  static override flags = {
    peers: Flags.string({ description: 'Number of peers.', default: '4', helpValue: 'N' }),
    demo: Flags.boolean({
      description: 'Show on these peers what Quorate does: decide, allocate, survive, convict.'
    }),
    exit: Flags.boolean({
      description: 'Stop the peers again as soon as all are ready, and the demo is over.'
    })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Dev)
    const session = this.session(flags)
    const count = parseNumber(flags.peers, '--peers', flags.demo ? { ...PEERS, min: DEMO_PEERS_MIN } : PEERS)
    const folder = await openDevFolder(session)
    const { groupId, homes } = await prepareHomes(folder.path, count).catch(async (error: unknown) => {
      await folder.dispose()
      throw error
    })
    const cluster = startCluster(homes, session.terminal.signal)
    try {
      const done = await this.serve(session, { cluster, groupId, demo: flags.demo, stay: !flags.exit })
      // Not after a failure: the logs in there say why.
      if (done) await folder.dispose()
      return done ? DONE : FAILED
    } finally {
      await cluster.stop()
    }
  }

  /** From the start of the peers until they shall stop. False when a step of the demo failed. */
  private async serve(session: Session, run: DevRun): Promise<boolean> {
    const { terminal } = session
    const stopped = stopSignal(terminal.signal)
    const progress = await startProgress(terminal, 'Starting')
    const starting = run.cluster.ready(stage => progress.show(stage))
    const peers = await Promise.race([starting, stopped]).finally(() => progress.stop())
    if (!peers) return true
    const ready = { groupId: run.groupId, peers }
    if (session.json) await announce(session, ready)
    const done = !run.demo || (await Promise.race([showDemo(session, run.cluster, peers), stopped])) !== false
    if (run.stay && !session.json) await announce(session, { ...ready, peers: run.cluster.peers(peers) })
    run.cluster.onLoss(why => terminal.stderr.write(`${[why.message, ...why.suggestions].join('\n  ')}\n`))
    if (run.stay) await stopped
    return done
  }
}

interface DevRun {
  readonly cluster: Cluster
  readonly groupId: string
  readonly demo: boolean
  readonly stay: boolean
}

/** True when every step of the demo ended as it should. */
async function showDemo(session: Session, cluster: Cluster, peers: readonly DevPeer[]): Promise<boolean> {
  const { startDemo } = await import('../dev/demo/start.ts')
  return startDemo({ session, cluster, peers })
}

/** With --json one line, also on a terminal: programs wait for it. */
async function announce(session: Session, ready: DevReady): Promise<void> {
  if (session.json) return session.terminal.stdout.write(`${formatJson(ready, false)}\n`)
  await session.print(ready, async style => (await import('../render/dev.ts')).renderDev(ready, style))
}
