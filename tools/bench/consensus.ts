import { setTimeout as delay } from 'node:timers/promises'
import { createClient, type Client } from '@quorate/client'
import { CLI, residentMegabytes, startGroup, wallTimes, type BenchGroup } from './group.ts'
import { runLoad } from './load.ts'
import type { Result } from './report.ts'
import { median, percentile } from './statistics.ts'

/** Entries per level of concurrency, after a warm-up. */
const LEVELS = [
  { inFlight: 1, entries: 300 },
  { inFlight: 16, entries: 4_000 },
  { inFlight: 256, entries: 40_000 }
]
const ENTRY_BYTES = 512
const DECISIONS = 60
const SETTLE_MS = 5_000
const STARTS = 9

type Say = (line: string) => void

export const benchConsensus = async (say: Say): Promise<Result[]> => {
  const group = await startGroup()
  const [first] = group.peers
  const client = createClient({ api: first?.api ?? '' })
  try {
    return [
      ...(await atRest(group, say)),
      ...(await decisions(client, say)),
      ...(await throughput(client, say)),
      ...starts(first?.home ?? '', say)
    ]
  } finally {
    client.close()
    await group.stop()
  }
}

const atRest = async (group: BenchGroup, say: Say): Promise<Result[]> => {
  say('  memory at rest')
  await delay(SETTLE_MS)
  const value = median(group.peers.map(({ pid }) => residentMegabytes(pid)))
  return [{ metric: 'daemon at rest, RSS, median of four', value, unit: 'MB' }]
}

const decisions = async (client: Client, say: Say): Promise<Result[]> => {
  say('  decisions with ballots, one at a time')
  const times: number[] = []
  for (let i = 0; i < DECISIONS; i++) {
    const begin = performance.now()
    const { outcome } = await client.propose({ statement: `benchmark ${i}`, wait: true, deadlineMs: 10_000 })
    if (outcome !== 'accepted') throw new Error(`a decision of the benchmark ended ${outcome}`)
    times.push(performance.now() - begin)
  }
  const warm = times.slice(10)
  return [
    { metric: 'decision with ballots, idle group, p50', value: median(warm), unit: 'ms' },
    { metric: 'decision with ballots, idle group, p99', value: percentile(warm, 0.99), unit: 'ms' }
  ]
}

const throughput = async (client: Client, say: Say): Promise<Result[]> => {
  const results: Result[] = []
  await runLoad(client, { inFlight: 64, entries: 2_000, entryBytes: ENTRY_BYTES })
  for (const { inFlight, entries } of LEVELS) {
    say(`  order-only, ${inFlight} in flight`)
    const { entriesPerSecond, latencies } = await runLoad(client, {
      inFlight,
      entries,
      entryBytes: ENTRY_BYTES
    })
    const name = `order-only, ${inFlight} in flight`
    results.push(
      { metric: name, value: entriesPerSecond, unit: 'entries/s' },
      { metric: `${name}, p50`, value: percentile(latencies, 0.5), unit: 'ms' },
      { metric: `${name}, p99`, value: percentile(latencies, 0.99), unit: 'ms' }
    )
  }
  return results
}

/** Ratios against a bare `node -e 0` of the same run. */
const starts = (home: string, say: Say): Result[] => {
  say('  start times')
  const bare = median(wallTimes(['-e', '0'], STARTS))
  const version = median(wallTimes([CLI, '--version'], STARTS))
  const status = median(wallTimes([CLI, 'status', '--json', '--home', home], STARTS))
  return [
    { metric: 'node -e 0, wall', value: bare, unit: 'ms' },
    { metric: 'quorate --version, against node -e 0', value: version / bare, unit: 'times' },
    { metric: 'quorate status --json, against node -e 0', value: status / bare, unit: 'times' }
  ]
}
