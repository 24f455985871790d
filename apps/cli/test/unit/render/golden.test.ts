/** What people see. The files beside this one are read when they change: they are the design of the output. */
import { describe, expect, it } from 'vitest'
import { createStyle } from '../../../src/output/style.ts'
import { renderAuction, renderAuctions } from '../../../src/render/auction.ts'
import { renderConfig } from '../../../src/render/config.ts'
import { renderDev } from '../../../src/render/dev.ts'
import { renderMembers, renderPeers } from '../../../src/render/members.ts'
import { renderProposal, renderProposals } from '../../../src/render/proposal.ts'
import {
  renderAgents,
  renderEvidence,
  renderEvidenceDetail,
  renderLedger,
  renderVerification
} from '../../../src/render/records.ts'
import { renderStatus } from '../../../src/render/status.ts'
import * as fixtures from '../fixtures.ts'

const plain = createStyle(false)
const names = new Map(fixtures.members.map(({ peerId, member }) => [peerId, member]))
const nowMs = Date.parse('2026-01-01T00:00:12.000Z')
const { status, members } = fixtures
const lonely = {
  ...status,
  voters: 3,
  quorum: 2,
  faultTolerance: 0,
  votersMissing: 1,
  connectedVoters: 3,
  lastDecisionAt: null
}
const absent = {
  ...status,
  state: 'no-quorum',
  connectedVoters: 2,
  absentVoters: fixtures.peerIds.slice(2)
} as const
const founding = { groupId: 'f'.repeat(64), peers: fixtures.names.map((name, index) => devPeer(name, index)) }

function devPeer(name: string, index: number) {
  const home = `/tmp/try/peer-${index + 1}`
  return { name, home, peerId: fixtures.peerIds[index] ?? '', api: `${home}/api.sock`, pid: 4000 + index }
}

const verified = {
  valid: true,
  kind: 'decision',
  groupId: 'f'.repeat(64),
  reason: '',
  signers: fixtures.peerIds
}

const golden = {
  'status-ready': renderStatus({ status, members, nowMs }, plain),
  'status-too-few': renderStatus({ status: lonely, members, nowMs }, plain),
  'status-no-quorum': renderStatus({ status: absent, members, nowMs }, plain),
  'status-colour': renderStatus({ status, members, nowMs }, createStyle(true)),
  peers: renderPeers(fixtures.peers, plain),
  members: renderMembers(members, plain),
  'proposal-accepted': renderProposal({ view: fixtures.accepted, names }, plain),
  'proposal-rejected': renderProposal({ view: fixtures.rejected, names }, plain),
  'proposal-undecided': renderProposal({ view: fixtures.undecided, names }, plain),
  proposals: renderProposals([fixtures.accepted, fixtures.rejected, fixtures.undecided], plain),
  auction: renderAuction(fixtures.awarded, names, plain),
  auctions: renderAuctions(
    [fixtures.awarded, { ...fixtures.awarded, phase: 'no-award', winningAgent: null }],
    names,
    plain
  ),
  ledger: renderLedger(fixtures.ledger, plain),
  evidence: renderEvidence(fixtures.evidence, names, plain),
  'evidence-detail': renderEvidenceDetail(fixtures.evidenceDetail, names, plain),
  agents: renderAgents(fixtures.agents, names, plain),
  verified: renderVerification(verified, plain),
  config: renderConfig(fixtures.config, true, plain),
  dev: renderDev(founding, plain)
}

describe('for people', () => {
  it.each(Object.entries(golden))('%s', async (name, text) => {
    await expect(`${text}\n`).toMatchFileSnapshot(`./golden/${name}.txt`)
  })

  it('says so when a list is empty', () => {
    const empty = [renderPeers([], plain), renderProposals([], plain), renderAuctions([], names, plain)]
    expect(empty).toEqual(['No other peers are known.', 'No proposals.', 'No auctions.'])
  })
})
