import { join } from 'node:path'
import { createClient } from '@quorate/client'
import { expect, it, onTestFinished } from 'vitest'
import { foundGroup, setConfig } from '../../src/home/index.ts'
import { runDaemon } from '../../src/index.ts'
import { runLiar } from '../../src/liar/index.ts'
import { eventually } from '../support/api-node.ts'
import { tempFolder } from '../support/temp-home.ts'

it('a member that signs two ballots is convicted by both, on the ledger', async () => {
  const folder = tempFolder()
  const members = ['peer-1', 'peer-2', 'peer-3', 'peer-4']
  const homes = members.map(name => join(folder, name))
  const { peers } = foundGroup({ homes, name: 'test', members, listen: ['/ip4/127.0.0.1/tcp/0'] })
  for (const home of homes) setConfig(home, 'log.level', 'silent')
  const daemons = await Promise.all(homes.slice(0, 3).map(home => runDaemon({ home })))
  onTestFinished(async () => void (await Promise.all(daemons.map(daemon => daemon.stop()))))
  const clients = daemons.map(({ record }) => createClient({ api: record.api }))
  for (const client of clients)
    for (const { record } of daemons)
      if ((await client.status()).peerId !== record.peerId)
        await client.connect({ peerId: record.peerId, addresses: record.addresses })
  const said: object[] = []
  const addresses = daemons.flatMap(({ record }) => record.addresses)
  const liar = await runLiar({ home: homes[3] as string, peers: addresses, say: line => said.push(line) })
  onTestFinished(() => liar.stop())
  const view = await clients[0]?.propose({ statement: 'Trust, but verify', wait: true })
  expect(view).toMatchObject({ outcome: 'accepted' })
  const evidence = await eventually(async () => (await clients[1]?.evidence())?.[0])
  expect(evidence).toMatchObject({ peerId: peers[3]?.peerId, type: 'ballot' })
  const detail = await clients[2]?.evidenceDetail(evidence.evidenceId)
  expect([detail?.first.says, detail?.second.says]).toEqual([
    expect.stringContaining('accept of proposal'),
    expect.stringContaining('reject of proposal')
  ])
  expect(said).toContainEqual(expect.objectContaining({ said: 'reject', proposal: view?.proposalId }))
}, 30_000)
