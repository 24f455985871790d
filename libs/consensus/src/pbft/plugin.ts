import { CONTRACT_VERSION, NO_CONFIG, TOKENS, definePlugin, type ConsensusStrategy } from '@quorate/contracts'
import { invariant } from '@quorate/core'
import { pbftConfigSchema } from './config.ts'
import { createPbftMachine } from './machine.ts'

/** The default strategy: PBFT with signed certificates, batching, a window of parallel batches, checkpoints. */
export const pbftStrategy: ConsensusStrategy = {
  name: 'pbft',
  version: 1,
  configSchema: pbftConfigSchema,
  create: init => {
    const config = pbftConfigSchema.parse(init.config)
    invariant(config.ok, 'the assembly checks the configuration first')
    return createPbftMachine(init, config.value)
  }
}

export const pbftPlugin = definePlugin({
  name: '@quorate/pbft',
  version: '0.1.0',
  contractVersion: CONTRACT_VERSION,
  provides: [{ token: TOKENS.consensusStrategy.key, name: 'pbft' }],
  requires: [],
  configSchema: NO_CONFIG,
  register: registrar => registrar.provide(TOKENS.consensusStrategy, 'pbft', pbftStrategy)
})
