/** The entry point of `quorate`: what bin/quorate.js loads once the Node version is known to do. */
import { QuorateError } from '@quorate/contracts'
import type { CommandClass } from './base-command.ts'
import { readCommandLine } from './command-line.ts'
import type { CommandLine } from './command-line.ts'
import { commands } from './command-table.ts'
import { processTerminal } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** Runs one command and resolves to its exit code. Never rejects: failures are reported and have codes too. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const line = readCommandLine(argv, new Set(Object.keys(commands)))
  try {
    return await dispatch(line, terminal)
  } catch (error) {
    const { reportFailure } = await import('./failure/report.ts')
    return reportFailure(error, { line, terminal })
  }
}

async function dispatch(line: CommandLine, terminal: Terminal): Promise<number> {
  const load = line.id === undefined ? undefined : commands[line.id]
  if (line.help || (line.words.length === 0 && line.argv.length === 0)) {
    const { showHelp } = await import('./help/show-help.ts')
    return showHelp(line, terminal)
  }
  if (line.id === undefined || load === undefined) {
    const { unknownCommand } = await import('./failure/unknown-command.ts')
    throw unknownCommand(line)
  }
  const [{ default: Command }, { createConfig }] = await Promise.all([load(), import('./oclif-config.ts')])
  Command.id = line.id
  return launch(Command, { argv: [...line.argv], config: await createConfig(), terminal })
}

async function launch(
  Command: CommandClass,
  init: { argv: string[]; config: ConstructorParameters<CommandClass>[1]; terminal: Terminal }
): Promise<number> {
  const command = new Command(init.argv, init.config)
  const running = command.launch(init.terminal)
  if (Command.endsOnInterrupt) return running
  return Promise.race([running, interruption(init.terminal.signal, () => command.whenInterrupted)])
}

/** Rejects when the user interrupts. */
function interruption(signal: AbortSignal, suggestions: () => readonly string[]): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new QuorateError('QRT_INTERRUPTED', 'Interrupted.', { suggestions: suggestions() }))
    })
  })
}
