import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { startCluster } from '../dev/cluster.ts'
import type { Cluster } from '../dev/cluster.ts'
import { openDevFolder, prepareHomes } from '../dev/homes.ts'
import { stopSignal } from '../dev/stop-signal.ts'
import { parseNumber } from '../input/number.ts'
import { DONE } from '../outcome.ts'
import { formatJson } from '../output/json.ts'
import { startProgress } from '../output/progress.ts'
import type { DevReady } from '../render/dev.ts'
import type { Session } from '../session.ts'

const PEERS = { min: 1, max: 32, integer: true }

export default class Dev extends BaseCommand {
  static override summary = 'Run a whole group on this machine, to try things out.'
  static override description =
    'One process for each peer, in the folders peer-1, peer-2, ... of --home; temporary ones without --home. When all are ' +
    'ready it says so, and stays until Ctrl-C. A peer that ends is reported and not started again: ' +
    '`quorate daemon --home DIR/peer-2` does that.'
  static override examples = [
    { command: 'quorate dev', description: 'Four peers, which tolerate one liar' },
    { command: 'quorate dev --peers 7 --home ./try', description: 'Seven, in a folder that stays' },
    { command: 'quorate --home ./try/peer-2 status', description: 'Talk to the second one' }
  ]
  static override endsOnInterrupt = true
  static override flags = {
    peers: Flags.string({ description: 'Number of peers.', default: '4', helpValue: 'N' }),
    exit: Flags.boolean({ description: 'Stop the peers again as soon as all are ready.' })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Dev)
    const session = this.session(flags)
    const count = parseNumber(flags.peers, '--peers', PEERS)
    const folder = await openDevFolder(session)
    const { groupId, homes } = await prepareHomes(folder.path, count).catch(async (error: unknown) => {
      await folder.dispose()
      throw error
    })
    const cluster = startCluster(homes, session.terminal.signal)
    try {
      await this.serve(session, { cluster, groupId, stay: !flags.exit })
    } finally {
      await cluster.stop()
    }
    // Not after a failure: the logs in there say why.
    await folder.dispose()
    return DONE
  }

  /** From the start of the peers until they shall stop. */
  private async serve(
    session: Session,
    { cluster, groupId, stay }: { cluster: Cluster; groupId: string; stay: boolean }
  ): Promise<void> {
    const stopped = stopSignal(session.terminal.signal)
    const progress = await startProgress(session.terminal, 'Starting')
    const starting = cluster.ready(stage => progress.show(stage))
    const peers = await Promise.race([starting, stopped]).finally(() => progress.stop())
    if (!peers) return
    await announce(session, { groupId, peers })
    cluster.onLoss(why =>
      session.terminal.stderr.write(`${[why.message, ...why.suggestions].join('\n  ')}\n`)
    )
    if (stay) await stopped
  }
}

/** With --json one line, also on a terminal: programs wait for it. */
async function announce(session: Session, ready: DevReady): Promise<void> {
  if (session.json) return session.terminal.stdout.write(`${formatJson(ready, false)}\n`)
  await session.print(ready, async style => (await import('../render/dev.ts')).renderDev(ready, style))
}
