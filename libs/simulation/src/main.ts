/** The entry point of `npm run sim`. See docs/testing.md. */
import { parseCommand, type Options } from './cli/options.ts'
import { simulate } from './cli/simulate.ts'
import { USAGE } from './cli/usage.ts'

const EXIT = { fine: 0, violations: 1, usage: 2, interrupted: 130 } as const

const run = async (options: Options): Promise<number> => {
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const output = { out: (text: string) => void process.stdout.write(text), terminal: process.stderr }
  const { failed } = await simulate(options, output, interrupt.signal)
  if (interrupt.signal.aborted) return EXIT.interrupted
  return failed > 0 ? EXIT.violations : EXIT.fine
}

/** Somebody has read enough, as `head` does. */
const onBrokenPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT.fine)
}

const main = async (): Promise<number> => {
  const command = parseCommand(process.argv.slice(2))
  switch (command.type) {
    case 'run':
      return run(command.options)
    case 'help':
      process.stdout.write(USAGE)
      return EXIT.fine
    default:
      process.stderr.write(`${command.message}\nTry "npm run sim -- --help".\n`)
      return EXIT.usage
  }
}

process.stdout.on('error', onBrokenPipe)
process.exitCode = await main()
