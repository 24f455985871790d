export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Receives what an operator may want to read. Never called with frame contents or keys. */
export type Log = (level: LogLevel, message: string, data?: { readonly [key: string]: unknown }) => void

export const noLog: Log = () => undefined

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
