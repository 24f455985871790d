import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { RunResult } from '../run/result.ts'
import type { Options } from './options.ts'

/** From source in tests, compiled otherwise. */
const workerUrl = (): URL => new URL(`./worker${extname(import.meta.filename)}`, import.meta.url)

/** Seeds that a thread has in hand, so that it never waits for the next one. */
const AHEAD = 2

/**
 * Runs the seeds on worker threads and hands over each result as it comes, in any order. Ends early, without an error, when
 * the signal aborts. Errors: those of a thread that dies.
 */
export const runOnThreads = async (
  { seeds, from, jobs, scenario }: Options,
  onResult: (result: RunResult) => void,
  signal: AbortSignal
): Promise<void> => {
  let next = from
  const end = from + seeds

  const run = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let inHand = 0
      const feed = (): void => {
        while (inHand < AHEAD && next < end) {
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
          worker.postMessage(next++)
          inHand += 1
        }
        if (inHand === 0) resolve()
      }
      worker.on('message', (result: RunResult) => {
        inHand -= 1
        onResult(result)
        feed()
      })
      worker.on('error', reject)
      signal.addEventListener('abort', () => resolve(), { once: true })
      feed()
    })

  const workers = Array.from(
    { length: Math.min(jobs, seeds) },
    () => new Worker(workerUrl(), { workerData: { scenario } })
  )
  try {
    await Promise.all(workers.map(run))
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}
