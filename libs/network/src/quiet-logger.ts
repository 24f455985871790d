import type { ComponentLogger, Logger } from '@libp2p/interface'

/**
 * A logger for libp2p that says nothing: it makes several for each stream, and its own costs a few per cent of a
 * handshake even when it is off. Undefined, which means libp2p's own, when the environment asks for its output.
 */
export const quietLogger = (debug = process.env['DEBUG']): ComponentLogger | undefined =>
  debug?.includes('libp2p') === true ? undefined : { forComponent: () => SILENT }

const nothing = (): void => undefined

const SILENT: Logger = Object.assign(() => undefined, {
  error: nothing,
  trace: nothing,
  enabled: false,
  newScope: () => SILENT
})
