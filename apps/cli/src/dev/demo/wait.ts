import { setTimeout as delay } from 'node:timers/promises'

/** Asks again until the answer is there; undefined when it is not within the time. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  { withinMs, signal }: { readonly withinMs: number; readonly signal: AbortSignal }
): Promise<T | undefined> {
  const untilMs = Date.now() + withinMs
  while (Date.now() < untilMs) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined) return answer
    await delay(100, undefined, { signal })
  }
  return undefined
}
