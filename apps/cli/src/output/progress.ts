import type { Terminal } from '../terminal.ts'

/** A line on stderr that says how far long work has come. */
export interface Progress {
  readonly isShown: boolean
  show(text: string): void
  stop(): void
}

const SILENT: Progress = { isShown: false, show: () => undefined, stop: () => undefined }

/** Shown on a terminal only: a pipe sees nothing of it. */
export async function startProgress(terminal: Terminal, text: string): Promise<Progress> {
  if (!terminal.stderr.isTTY) return SILENT
  const { default: yoctoSpinner } = await import('yocto-spinner')
  const spinner = yoctoSpinner({ text, handleSignals: false }).start()
  return {
    isShown: true,
    show: next => {
      spinner.text = next
    },
    stop: () => void spinner.stop()
  }
}
