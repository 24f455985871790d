/**
 * Types, tokens, the plugin API and error codes that every other project shares. Imports nothing.
 *
 * @example
 * import { definePlugin, type Machine, type Effect } from '@quorate/contracts'
 */
export * from './ids.ts'
export * from './verdict.ts'
export * from './envelope.ts'
export * from './store.ts'
export * from './machine.ts'
export * from './group.ts'
export * from './ledger.ts'
export * from './transport.ts'
export * from './errors.ts'
export * from './plugin.ts'
export * from './receipt.ts'
export * from './api.ts'
export * from './home.ts'
