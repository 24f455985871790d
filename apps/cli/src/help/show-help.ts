import { Help } from '@oclif/core/help'
import type { Interfaces } from '@oclif/core'
import type { CommandLine } from '../command-line.ts'
import { topics } from '../command-table.ts'
import { unknownCommand } from '../failure/unknown-command.ts'
import { createConfig } from '../oclif-config.ts'
import type { Terminal } from '../terminal.ts'
import { describeCommands } from './describe.ts'
import { ownVersion } from './version.ts'

/** Prints the help of the program, of a topic or of a command. */
export async function showHelp(line: CommandLine, terminal: Terminal): Promise<number> {
  const subject = line.words.join(' ')
  if (line.id === undefined && subject !== '' && !Object.hasOwn(topics, subject)) throw unknownCommand(line)
  const config = await createConfig({
    version: ownVersion(),
    commands: await describeCommands(),
    topics: Object.entries(topics).map(([name, description]) => ({ name, description }))
  })
  const help = new TerminalHelp(terminal, config)
  await help.showHelp(line.id === undefined ? [...line.words] : line.id.split(':'))
  return 0
}

class TerminalHelp extends Help {
  readonly #terminal: Terminal

  constructor(terminal: Terminal, config: Interfaces.Config) {
    super(config, { stripAnsi: !terminal.stdout.isTTY, flagSortOrder: 'none' })
    this.#terminal = terminal
  }

  protected override log(...args: string[]): void {
    this.#terminal.stdout.write(`${args.join(' ')}\n`)
  }
}
