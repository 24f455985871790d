import { parseArgs } from 'node:util'
import { QuorateError } from '@quorate/contracts'
import { runLiar } from './run-liar.ts'

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

/** `--home DIR --peer ADDRESS...`: lies until SIGTERM or SIGINT; JSON lines on standard output. Errors: QRT_USAGE. */
export const main = async (argv: readonly string[]): Promise<void> => {
  const options = { home: { type: 'string' }, peer: { type: 'string', multiple: true } } as const
  const { values } = parseArgs({ args: [...argv], options })
  if (values.home === undefined || values.peer === undefined) {
    throw new QuorateError('QRT_USAGE', 'A liar needs --home DIR and --peer ADDRESS.')
  }
  const liar = await runLiar({ home: values.home, peers: values.peer, say })
  await new Promise<void>(resolve => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve())
  })
  await liar.stop()
}

if (import.meta.main) await main(process.argv.slice(2))
