/**
 * The node: plugin host, router, mailbox and driver. The daemon gives it libp2p, SQLite and the clock; the simulator
 * gives it virtual ones.
 *
 * @example
 * const { node, ledger } = assembleNode({ plugins: host, founding, groupId, signing, store, transport, clock, settings: {}, onFatal })
 * node.start()
 */
export * from './node/index.ts'
export * from './host/index.ts'
