/**
 * The daemon: puts a node together from its home, connects it, and serves the control API.
 *
 * @example
 * import { runDaemon } from '@quorate/daemon'
 *
 * const daemon = await runDaemon({ home: '/tmp/example-home' })
 * console.log(daemon.record.api)
 * await daemon.stop()
 */
export { runDaemon, type DaemonEnd, type DaemonInit, type RunningDaemon } from './process/run-daemon.ts'
export { main, reasonOf, type MainInit } from './process/main.ts'
export { socketPath } from './api/index.ts'
export { VERSION } from './version.ts'
