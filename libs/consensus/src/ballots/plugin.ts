import { CONTRACT_VERSION, NO_CONFIG, TOKENS, definePlugin, type MachineFactory } from '@quorate/contracts'
import { createBallotsMachine } from './machine.ts'

const ballots: MachineFactory = { name: 'ballots', create: init => createBallotsMachine(init, []) }

/** Ballots on proposals, before their outcome is ordered. */
export const ballotsPlugin = definePlugin({
  name: '@quorate/ballots',
  version: '0.1.0',
  contractVersion: CONTRACT_VERSION,
  provides: [{ token: TOKENS.machine.key, name: 'ballots' }],
  requires: [],
  configSchema: NO_CONFIG,
  register: registrar => registrar.provide(TOKENS.machine, 'ballots', ballots)
})
