import type { Client } from '@quorate/client'

export interface LoadResult {
  readonly entriesPerSecond: number
  /** From writing an entry to reading its place on the ledger, ms. */
  readonly latencies: readonly number[]
}

export interface Load {
  readonly inFlight: number
  readonly entries: number
  /** Bytes of an entry's statement. */
  readonly entryBytes: number
}

/** Order-only entries in a closed loop: `inFlight` of them are always waiting for their place. */
export const runLoad = async (client: Client, load: Load): Promise<LoadResult> => {
  const sentAt: number[] = []
  const latencies: number[] = []
  const room = createSemaphore(load.inFlight)
  async function* source() {
    for (let i = 0; i < load.entries; i++) {
      await room.take()
      sentAt.push(performance.now())
      yield { statement: `${i} `.padEnd(load.entryBytes, 'x') }
    }
  }
  const begin = performance.now()
  for await (const result of client.entries(source())) {
    if ('error' in result) throw new Error(`entry ${result.line}: ${result.error.message}`)
    latencies.push(performance.now() - (sentAt[result.line - 1] as number))
    room.give()
  }
  return { entriesPerSecond: load.entries / ((performance.now() - begin) / 1000), latencies }
}

const createSemaphore = (places: number) => {
  const waiting: (() => void)[] = []
  let free = places
  return {
    take: async (): Promise<void> => {
      if (free > 0) free -= 1
      else await new Promise<void>(resolve => waiting.push(resolve))
    },
    give: (): void => {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
