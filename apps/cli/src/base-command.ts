import { Command } from '@oclif/core/command'
import type { Config } from '@oclif/core/config'
import { globalFlags } from './flags.ts'
import { createSession } from './session.ts'
import type { GlobalValues, Session } from './session.ts'
import type { Terminal } from './terminal.ts'

export interface LaunchInit {
  readonly config: Config
  readonly terminal: Terminal
}

/**
 * What every command has: the global flags, a session, and a result that is an exit code.
 *
 * Commands print their result through the session and throw QuorateErrors; main reports them.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = globalFlags
  /** Our own `--json` also covers failures; oclif's would not. */
  static override enableJsonFlag = false
  /** Commands that run until they are stopped take the interrupt as the way to end. */
  static endsOnInterrupt = false

  /** What to suggest when the user interrupts. */
  whenInterrupted: readonly string[] = []
  #terminal: Terminal | undefined

  abstract override run(): Promise<number>

  launch(terminal: Terminal): Promise<number> {
    this.#terminal = terminal
    // oxlint-disable-next-line no-underscore-dangle -- oclif's name for init, run and finally
    return this._run()
  }

  protected session(flags: GlobalValues): Session {
    if (this.#terminal === undefined) throw new Error('a command is started with launch()')
    return createSession(flags, this.#terminal)
  }

  protected override catch(error: Error): Promise<never> {
    return Promise.reject(error)
  }
}

export type CommandClass = (new (argv: string[], config: Config) => BaseCommand) & typeof BaseCommand
