import { resolve } from 'node:path'
import { lockHome } from '@quorate/storage'
import type { Logger } from 'pino'
import { startApi, type RunningApi } from '../api/index.ts'
import { readDaemonRecord, writeDaemonRecord, type DaemonRecord } from '../home/daemon-record.ts'
import { loadHome, readConfig, type LoadedConfig, type LoadedHome } from '../home/index.ts'
import { VERSION } from '../version.ts'
import { keepAddresses } from './addresses.ts'
import { createCleanup, type Cleanup } from './cleanup.ts'
import { boundAddresses, chooseListenAddresses } from './listen-addresses.ts'
import { createLog } from './log.ts'
import { openNode, type OpenedNode } from './open-node.ts'

export interface DaemonInit {
  readonly home: string
  /** In place of what the config says. */
  readonly listen?: readonly string[] | undefined
  /** Port of the control API on 127.0.0.1; 0 takes a free one. */
  readonly http?: number | undefined
}

/** How a daemon ended: by request, or by an error that it could not go on after. */
export interface DaemonEnd {
  readonly error: unknown
}

/** A daemon that serves. */
export interface RunningDaemon {
  readonly record: DaemonRecord
  readonly log: Logger
  /** Stops cleanly; at most about five seconds. May be called again. */
  stop(): Promise<void>
  /** Ends the daemon because of an error that nobody caught. */
  fail(error: unknown): void
  /** Resolves when it has stopped, for whatever reason. */
  readonly done: Promise<DaemonEnd>
}

/**
 * Runs the daemon of a home, until `stop` or until it cannot go on.
 * Errors (nothing is left running then): QRT_NO_GROUP, QRT_ALREADY_RUNNING, QRT_PORT_IN_USE, QRT_CONFIG, QRT_PLUGIN, and
 * those of the storage.
 */
export const runDaemon = async (init: DaemonInit): Promise<RunningDaemon> => {
  const loaded = loadHome(resolve(init.home))
  const settings = readConfig(loaded.home, { flags: { listen: init.listen, 'http.port': init.http } })
  const log = createLog(settings.config['log.level'])
  const cleanup = createCleanup()
  const ending = Promise.withResolvers<DaemonEnd>()
  const undo = once(() =>
    cleanup.run((step, error) => log.warn({ step, error }, 'a step of the stop failed'))
  )
  const end = async (error: unknown): Promise<void> => {
    await undo()
    ending.resolve({ error })
  }
  const failures: unknown[] = []
  let started = false
  /** A failure while it starts waits for the step under way: what that makes has to be undone as well. */
  const fail = (error: unknown): void => {
    log.fatal({ error }, 'the daemon cannot go on')
    failures.push(error)
    if (started) void end(error)
  }
  try {
    const record = await start({ loaded, settings, log, cleanup, fail })
    if (failures.length > 0) throw failures[0]
    started = true
    return { record, log, stop: once(() => end(undefined)), fail, done: ending.promise }
  } catch (error) {
    await undo()
    // The first failure is the cause; what came of it says less.
    throw failures[0] ?? error
  }
}

const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  return () => (running ??= work())
}

interface Starting {
  readonly loaded: LoadedHome
  readonly settings: LoadedConfig
  readonly log: Logger
  readonly cleanup: Cleanup
  fail(error: unknown): void
}

const start = async (starting: Starting): Promise<DaemonRecord> => {
  const { loaded, settings, log, cleanup } = starting
  const lock = lockHome(loaded.home)
  cleanup.add('lock', () => lock.release())
  const previous = readDaemonRecord(loaded.home)?.listen ?? []
  const listen = await chooseListenAddresses(settings.config.listen, previous)
  const opened = await openNode({ ...starting, listen, onFatal: error => starting.fail(error) })
  await connect(opened, cleanup)
  const api = await startApi({ node: opened.api, home: loaded.home, paths: loaded.paths })
  cleanup.add('control API', () => api.stop())
  const record = recordOf(starting, { listen, opened, api })
  writeDaemonRecord(loaded.home, record)
  cleanup.add('record', () => writeDaemonRecord(loaded.home, { ...record, pid: null }))
  const { pid: _pid, ...told } = record
  log.info({ ...told, groupId: loaded.groupId, version: VERSION }, 'the daemon is ready')
  return record
}

/** The node runs before the network: nothing that a peer says is lost, and what is said before is repeated. */
const connect = async ({ node, transport }: OpenedNode, cleanup: Cleanup): Promise<void> => {
  cleanup.add('node', () => node.stop())
  node.start()
  cleanup.add('network', () => transport.stop())
  await transport.start({
    onFrame: (frame, from) => node.frame(frame, from),
    onPeer: (peer, connected) => node.peer(peer, connected)
  })
  cleanup.add('addresses', keepAddresses({ node, transport }))
}

const recordOf = (
  { loaded }: Starting,
  parts: { readonly listen: readonly string[]; readonly opened: OpenedNode; readonly api: RunningApi }
): DaemonRecord => {
  const addresses = parts.opened.transport.addresses()
  return {
    pid: process.pid,
    peerId: loaded.key.peerId,
    addresses,
    listen: boundAddresses(parts.listen, addresses),
    api: parts.api.socket,
    http: parts.api.http
  }
}
