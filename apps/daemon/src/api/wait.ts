import type { CborValue, TimeMs } from '@quorate/contracts'
import type { LoggedEvent } from '@quorate/runtime'
import type { ApiNode } from './context.ts'

export interface WaitInit<T> {
  /** What is waited for, as soon as it is there. */
  readonly read: () => T | undefined
  /** Events after which to look again. */
  readonly concerns: (event: LoggedEvent) => boolean
  /** Local time at which to give up. */
  readonly untilMs: TimeMs
  /** Ends the waiting early: the caller has gone away. */
  readonly signal?: AbortSignal | undefined
}

/** `setTimeout` takes no more. */
const TIMER_MS_MAX = 2 ** 31 - 1

/** Listens first and reads then, so that nothing falls in between. Undefined when the time is up. */
export const waitFor = <T>(
  { node, now }: Pick<ApiNode, 'node' | 'now'>,
  init: WaitInit<T>
): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const end = (result: T | undefined): void => {
      clearTimeout(timer)
      unsubscribe()
      init.signal?.removeEventListener('abort', give)
      resolve(result)
    }
    const give = (): void => end(undefined)
    const look = (): void => {
      try {
        const result = init.read()
        if (result !== undefined) end(result)
      } catch (error) {
        unsubscribe()
        clearTimeout(timer)
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    }
    const unsubscribe = node.subscribe(event => {
      if (init.concerns(event)) look()
    })
    const timer = setTimeout(give, Math.min(Math.max(0, init.untilMs - now()), TIMER_MS_MAX))
    init.signal?.addEventListener('abort', give)
    if (init.signal?.aborted === true) give()
    else look()
  })

/** The `id` of an event that is about one object. */
export const eventId = ({ data }: { readonly data: CborValue }): string | undefined => {
  const id = typeof data === 'object' && data !== null && 'id' in data ? data['id'] : undefined
  return typeof id === 'string' ? id : undefined
}
