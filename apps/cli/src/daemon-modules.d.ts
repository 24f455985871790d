/**
 * What the command line expects of the daemon's two entry points, until the daemon's own declarations say it.
 * Then this file goes: a change on either side must not compile unnoticed.
 */
declare module '@quorate/daemon' {
  export interface RunningDaemon {
    stop(): Promise<void>
    /** Ends the daemon because of an error that nobody caught. */
    fail(error: unknown): void
    /** Resolves when it has stopped, for whatever reason. */
    readonly done: Promise<{ readonly error: unknown }>
  }

  export function runDaemon(init: {
    readonly home: string
    readonly listen?: readonly string[]
    readonly http?: number
  }): Promise<RunningDaemon>
}

declare module '@quorate/daemon/home' {
  import type { ConfigEntry } from '@quorate/contracts'

  export function initHome(init: {
    readonly home: string
    readonly name?: string
    readonly member?: string
    readonly faultTolerance?: number
    readonly listen?: readonly string[]
  }): { readonly groupId: string; readonly peerId: string; readonly invite: string | null }

  export function foundGroup(init: {
    readonly homes: readonly string[]
    readonly name: string
    readonly members: readonly string[]
    readonly faultTolerance?: number
    readonly listen?: readonly string[]
  }): {
    readonly groupId: string
    readonly peers: readonly { readonly home: string; readonly member: string; readonly peerId: string }[]
  }

  export function readConfig(home: string): { readonly entries: readonly ConfigEntry[] }
  export function setConfig(home: string, key: string, value: string): ConfigEntry
}
