import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 40
const WITHIN_MS = 20_000

/**
 * Asks again until the answer is neither undefined nor false, and gives it. What fails meanwhile counts as no answer.
 * Errors: names what did not come about, and why the last attempt failed.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  withinMs = WITHIN_MS
): Promise<T> {
  const untilMs = Date.now() + withinMs
  let why: unknown
  while (Date.now() < untilMs) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false) return answer
      why = undefined
    } catch (error) {
      why = error
    }
    await delay(POLL_MS)
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause: why })
}
