/**
 * The durable store of a node, on node:sqlite: what it promised, what was decided, what is still to be sent.
 *
 * `openStore` opens (or makes) the store of a home and refuses one that is damaged, older than what it acknowledged, or
 * written by a newer version. `commit` is one transaction and returns after the bytes are on stable storage. `lockHome`
 * keeps a second daemon off the same home. README.md says what each kind of damage leads to.
 *
 * @example
 * import { lockHome, openStore } from '@quorate/storage'
 *
 * const lock = lockHome('/tmp/example-home')
 * const store = openStore({ directory: '/tmp/example-home/store', lazySpaces: ['ledger/history'] })
 * store.commit([{ type: 'put', space: 'pbft/slot', key: '000042', value: new Uint8Array([1, 2, 3]) }])
 * console.log(store.range('pbft/slot', { reverse: true, limit: 1 })) // [ { key: '000042', value: Uint8Array [ 1, 2, 3 ] } ]
 * store.close()
 * lock.release()
 */
export { openStore, type StoreInit } from './open-store.ts'
export { lockHome, type HomeLock } from './home-lock.ts'
export { MIGRATIONS, SCHEMA_VERSION, type Migration } from './schema.ts'
export type { StorageLog, StorageLogLine } from './storage-log.ts'
