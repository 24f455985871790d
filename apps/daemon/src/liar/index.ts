/**
 * A member that lies, as a process of its own; for demonstrations and tests.
 *
 * @example
 * import { runLiar } from '@quorate/daemon/liar'
 *
 * const liar = await runLiar({ home: '/tmp/example-home', peers: ['/ip4/127.0.0.1/tcp/4550/p2p/12D3Koo...'], say: console.log })
 * await liar.stop()
 */
export { runLiar, type LiarInit, type RunningLiar } from './run-liar.ts'
export { main } from './main.ts'
