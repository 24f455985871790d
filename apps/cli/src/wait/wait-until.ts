import { setTimeout as delay } from 'node:timers/promises'
import { startProgress } from '../output/progress.ts'
import type { Terminal } from '../terminal.ts'

export interface Waiting<View> {
  readonly isDone: (view: View) => boolean
  /** Asks the daemon; answers when there is an outcome, or with what is known after that time. */
  readonly ask: (timeoutMs: number) => Promise<View>
  /** Stage, counts, time left: one line for people. */
  readonly describe: (view: View, leftMs: number) => string
  /** Local time at which to give up. */
  readonly untilMs: number
}

/** How often the line on a terminal is renewed. */
const REFRESH_MS = 400

/** How long one question is left open when nobody watches. */
const QUESTION_MS = 25_000

/** A daemon that answers sooner, without an outcome, is not asked again at once. */
const ANSWER_MS_MIN = 50

/** Waits for the outcome, and shows how it comes about. Gives the last state known when the time is up. */
export async function waitUntil<View>(
  first: View,
  waiting: Waiting<View>,
  terminal: Terminal
): Promise<View> {
  let view = first
  if (waiting.isDone(view)) return view
  const progress = await startProgress(terminal, waiting.describe(view, waiting.untilMs - Date.now()))
  try {
    for (;;) {
      const startedMs = Date.now()
      const leftMs = waiting.untilMs - startedMs
      if (leftMs <= 0) return view
      progress.show(waiting.describe(view, leftMs))
      view = await waiting.ask(Math.min(leftMs, progress.isShown ? REFRESH_MS : QUESTION_MS))
      if (waiting.isDone(view)) return view
      if (Date.now() - startedMs < ANSWER_MS_MIN) await delay(ANSWER_MS_MIN)
    }
  } finally {
    progress.stop()
  }
}
