import { describe, expect, it } from 'vitest'
import { leaveDraft, readAgent, readAgents, registerDraft } from '../../src/index.ts'
import { registration } from '../support/fixtures.ts'
import { createTestLedger } from '../support/ledger.ts'

describe('agents on the ledger', () => {
  it('registers an agent under its hosting peer (A1)', () => {
    const ledger = createTestLedger()
    expect(ledger.code('peer-b', registerDraft(registration('gpu-1')))).toBe('accept')
    const agent = readAgent(ledger.state.module('agents'), 'peer-b/gpu-1')
    expect(agent).toMatchObject({ address: 'peer-b/gpu-1', host: 'peer-b', version: 1, sequence: 1 })
  })

  it('replaces a registration and counts its version (A1)', () => {
    const ledger = createTestLedger()
    ledger.submit('peer-b', registerDraft(registration('gpu-1')))
    ledger.submit('peer-b', registerDraft(registration('gpu-1', { rate: 5 })))
    expect(readAgent(ledger.state.module('agents'), 'peer-b/gpu-1')).toMatchObject({
      version: 2,
      registration: { rate: 5 }
    })
  })

  it('keeps agents of the same name on two peers apart', () => {
    const ledger = createTestLedger()
    ledger.submit('peer-b', registerDraft(registration('gpu-1')))
    ledger.submit('peer-a', registerDraft(registration('gpu-1')))
    const addresses = readAgents(ledger.state.module('agents')).map(({ address }) => address)
    expect(addresses).toEqual(['peer-a/gpu-1', 'peer-b/gpu-1'])
  })

  it('lets an agent leave once (A2)', () => {
    const ledger = createTestLedger()
    ledger.submit('peer-b', registerDraft(registration('gpu-1')))
    expect(ledger.code('peer-b', leaveDraft('gpu-1'))).toBe('accept')
    expect(ledger.code('peer-b', leaveDraft('gpu-1'))).toBe('reject agent-unknown')
    expect(readAgents(ledger.state.module('agents'))).toEqual([])
  })

  it.each(['', 'UPPER', 'a/b', 'a b', 'x'.repeat(64)])('refuses the name "%s"', name => {
    expect(createTestLedger().code('peer-b', registerDraft(registration(name)))).toBe(
      'reject agent-malformed'
    )
  })

  it('bounds the agents of one peer', () => {
    const ledger = createTestLedger()
    for (let i = 0; i < 128; i++) ledger.submit('peer-b', registerDraft(registration(`agent-${i}`)))
    expect(ledger.code('peer-b', registerDraft(registration('one-more')))).toBe(
      'reject agent-too-many-on-peer'
    )
    expect(ledger.code('peer-b', registerDraft(registration('agent-3')))).toBe('accept')
    expect(ledger.code('peer-c', registerDraft(registration('one-more')))).toBe('accept')
  })
})
