/**
 * Decides: the consensus strategies that order batches (pbft), and the ballots that judge proposals before.
 *
 * @example
 * import { pbftPlugin, ballotsPlugin } from '@quorate/consensus'
 * const host = createPluginHost({ plugins: [{ plugin: pbftPlugin, config: {} }, { plugin: ballotsPlugin, config: {} }] })
 */
export * from './pbft/plugin.ts'
export * from './pbft/config.ts'
export { KIND as PBFT_KINDS } from './pbft/messages.ts'
export { ballotsPlugin } from './ballots/plugin.ts'
export type { ProposeCommand } from './ballots/proposals.ts'
export type { VoteCommand } from './ballots/casting.ts'
export * from './ballots/reader.ts'
