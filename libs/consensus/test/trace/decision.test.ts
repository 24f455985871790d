import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { CborValue } from '@quorate/contracts'
import { voteShape } from '@quorate/core'
import { KIND } from '../../src/pbft/messages.ts'
import { START_MS, createBench, submit, type Bench } from '../support/bench.ts'
import { propose } from '../support/proposals.ts'

/** One line for a message: when, who, to whom, what, and where in the order of batches. */
const lineOf = (
  bench: Bench,
  { from, to, kind, body }: { from: string; to: string; kind: string; body: CborValue }
) => {
  const vote = kind === KIND.prepare || kind === KIND.commit ? voteShape.decode(body) : undefined
  const where = vote ? ` view ${vote.view} seq ${vote.seq}` : ''
  return `${String(bench.now - START_MS).padStart(5)} ${from} -> ${to} ${kind}${where}`
}

/** A change of this transcript is a change of the protocol: look at it before it is written anew (`vitest -u`). */
it('one decision of four voters, message by message', async () => {
  const bench = createBench()
  const lines: string[] = []
  bench.drop = message => {
    lines.push(lineOf(bench, message))
    return false
  }
  bench.start()
  bench.run()
  lines.push('-- peer-2 proposes')
  propose(bench, 2)
  bench.run()
  lines.push('-- all have executed it')
  for (const { id, events } of bench.peers)
    for (const { type, data } of events)
      if (type === 'ballot-received') lines.push(`${id} counts ${(data as { peerId: string }).peerId}`)
  await expect(lines.map(line => `${line}\n`).join('')).toMatchFileSnapshot(
    join(import.meta.dirname, 'one-decision.txt')
  )
  expect(bench.peers.map(({ running }) => running.ledger.application.head().seq)).toEqual([1, 1, 1, 1])
})

it('a view change of four voters whose primary is down, message by message', async () => {
  const bench = createBench({ config: { viewTimeoutMs: 1_000, statusMs: 60_000, relayMs: 500 } })
  const lines: string[] = []
  bench.start(2, 3, 4)
  bench.run()
  bench.drop = message => {
    if (message.to !== 'peer-1') lines.push(lineOf(bench, message))
    return false
  }
  submit(bench.peer(2), 'needs another primary')
  bench.advance(2_000)
  await expect(lines.map(line => `${line}\n`).join('')).toMatchFileSnapshot(
    join(import.meta.dirname, 'view-change.txt')
  )
})
