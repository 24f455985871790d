import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { stopSignal } from '../dev/stop-signal.ts'
import { optionalNumber } from '../input/number.ts'
import { DONE } from '../outcome.ts'

const PORT = { min: 0, max: 65_535, integer: true }

export default class Daemon extends BaseCommand {
  static override summary = 'Run the node of the home in the foreground.'
  static override description =
    'Logs one JSON object a line to standard error. Ctrl-C (SIGINT) or SIGTERM stops it cleanly, with exit code 0.'
  static override examples = [
    { command: 'quorate daemon', description: 'The node of the default home' },
    {
      command: 'quorate daemon --home /srv/quorate --listen /ip4/0.0.0.0/tcp/4150',
      description: 'On a server'
    },
    {
      command: 'quorate daemon --http 7171',
      description: 'With the control API on a port of this machine too'
    }
  ]
  static override endsOnInterrupt = true
  static override flags = {
    listen: Flags.string({
      description: 'Address for other peers to connect to; instead of those in the configuration.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'MULTIADDR'
    }),
    http: Flags.string({
      description: 'Also serve the control API on this port of 127.0.0.1, with a bearer token.',
      helpValue: 'PORT'
    })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Daemon)
    const session = this.session(flags)
    const http = optionalNumber(flags.http, '--http', PORT)
    const stop = stopSignal(session.terminal.signal)
    const { runDaemon } = await import('@quorate/daemon')
    const daemon = await runDaemon({
      home: session.home,
      ...(flags.listen !== undefined && { listen: flags.listen }),
      ...(http !== undefined && { http })
    })
    const unguard = guard(daemon)
    void stop.then(() => daemon.stop())
    const { error } = await daemon.done
    unguard()
    if (error !== undefined)
      throw error instanceof Error ? error : new Error('the daemon has ended', { cause: error })
    if (session.json) await session.print({ stopped: true }, () => '')
    return DONE
  }
}

/** A bug of ours anywhere ends the daemon: it must not go on with half of a step done. */
function guard(daemon: { fail(error: unknown): void }): () => void {
  const fail = (error: unknown): void => daemon.fail(error)
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  return () => {
    process.off('uncaughtException', fail)
    process.off('unhandledRejection', fail)
  }
}
