/** The world around one run of the command line; tests give another one. */
export interface Output {
  readonly isTTY: boolean
  /** Width of the terminal, if it is one. */
  readonly columns?: number | undefined
  write(text: string): void
}

export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Output
  readonly stderr: Output
  readonly env: { readonly [name: string]: string | undefined }
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Launchers pass on a signal that the terminal has sent to us as well; so soon after, it is the same one. */
const SAME_SIGNAL_MS = 500

/** The terminal of this process. The first signal asks to stop; a second one ends the process on the spot. */
export function processTerminal(): Terminal {
  const controller = new AbortController()
  let firstMs = Number.POSITIVE_INFINITY
  const onSignal = (): void => {
    if (Date.now() - firstMs > SAME_SIGNAL_MS) process.exit(130)
    firstMs = Math.min(firstMs, Date.now())
    controller.abort()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    get stdin() {
      return process.stdin
    },
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    signal: controller.signal
  }
}

/** A reader that has seen enough (`| head`) ends the run without a word. */
function outputOf(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    throw error
  })
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined
    },
    write: text => void stream.write(text)
  }
}
