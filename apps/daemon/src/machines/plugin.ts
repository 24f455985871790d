import { CONTRACT_VERSION, NO_CONFIG, TOKENS, definePlugin } from '@quorate/contracts'
import { API_MACHINE, apiFactory } from './api.ts'
import { HELLO_MACHINE, helloFactory } from './hello.ts'

/** The daemon's own machines, through the same door as everybody's. */
export const daemonPlugin = definePlugin({
  name: '@quorate/daemon',
  version: '0.1.0',
  contractVersion: CONTRACT_VERSION,
  provides: [
    { token: TOKENS.machine.key, name: HELLO_MACHINE },
    { token: TOKENS.machine.key, name: API_MACHINE }
  ],
  requires: [],
  configSchema: NO_CONFIG,
  register: registrar => {
    registrar.provide(TOKENS.machine, HELLO_MACHINE, helloFactory)
    registrar.provide(TOKENS.machine, API_MACHINE, apiFactory)
  }
})
