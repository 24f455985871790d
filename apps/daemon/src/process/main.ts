import { QuorateError } from '@quorate/contracts'
import { runDaemon, type DaemonInit, type RunningDaemon } from './run-daemon.ts'

export interface MainInit extends DaemonInit {
  /** Ends the daemon when it is aborted. Absent: SIGTERM and SIGINT do, and a second one ends the process on the spot. */
  readonly signal?: AbortSignal | undefined
}

/** What keeps the process alive after everything has stopped is not waited for longer. */
const LINGER_MS = 1000

/**
 * Runs a daemon as this process: until it is told to stop (0) or cannot go on (1); then the last line on standard error says
 * why, as JSON. Gives the exit code. Errors: those of `runDaemon`, when it did not come up.
 */
export const main = async ({ signal, ...init }: MainInit): Promise<number> => {
  const stopping = signal ?? signalOfProcess()
  const daemon = await runDaemon(init)
  const unguard = guard(daemon)
  if (stopping.aborted) void daemon.stop()
  stopping.addEventListener('abort', () => void daemon.stop())
  const { error } = await daemon.done
  unguard()
  const code = error === undefined ? 0 : 1
  if (error !== undefined) process.stderr.write(`${JSON.stringify({ error: reasonOf(error) })}\n`)
  setTimeout(() => process.exit(code), LINGER_MS).unref()
  return code
}

/** A bug of ours anywhere ends the daemon: it must not go on with half of a step done. */
const guard = (daemon: RunningDaemon): (() => void) => {
  const fail = (error: unknown): void => daemon.fail(error)
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  return () => {
    process.off('uncaughtException', fail)
    process.off('unhandledRejection', fail)
  }
}

const signalOfProcess = (): AbortSignal => {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(1)
    controller.abort()
  }
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, onSignal)
  return controller.signal
}

/** The error as the command line reports errors. */
export const reasonOf = (
  error: unknown
): { code: string; message: string; suggestions: readonly string[] } => {
  if (error instanceof QuorateError) {
    const { code, message, suggestions } = error
    return { code, message, suggestions }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: 'QRT_INTERNAL',
    message,
    suggestions: ['Please report it, with the lines of the log before it.']
  }
}
