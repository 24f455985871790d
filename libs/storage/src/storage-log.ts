/** One line for the daemon's log. `details` holds plain values only. */
export interface StorageLogLine {
  readonly level: 'info' | 'warn'
  readonly message: string
  readonly details: { readonly [key: string]: string | number }
}

export type StorageLog = (line: StorageLogLine) => void

export const noLog: StorageLog = () => undefined
