import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createClient } from '@quorate/client'
import type { Client } from '@quorate/client'
import { API_TOKEN_FILE, apiAddress } from '@quorate/contracts'
import { createValueReader } from './input/value.ts'
import type { ValueReader } from './input/value.ts'
import { formatJson } from './output/json.ts'
import { createStyle, wantsColour } from './output/style.ts'
import type { Style } from './output/style.ts'
import type { Terminal } from './terminal.ts'

export interface GlobalValues {
  readonly home?: string | undefined
  readonly api?: string | undefined
  readonly json: boolean
}

/** Gives the text for people; async, so that what only people need is loaded only for them. */
export type Render = (style: Style) => string | Promise<string>

/** What a command needs of its surroundings. */
export interface Session {
  /** Absolute. */
  readonly home: string
  readonly isHomeGiven: boolean
  readonly json: boolean
  readonly terminal: Terminal
  readonly values: ValueReader
  /** Made when it is first asked for: offline commands have none. */
  readonly client: Client
  /** The result: the JSON document, or its text for people. */
  print(value: unknown, render: Render): Promise<void>
  /** A word on the way, for people: standard error, never with --json. */
  note(text: string): void
}

export function createSession(flags: GlobalValues, terminal: Terminal): Session {
  const home = resolve(flags.home ?? join(homedir(), '.quorate'))
  let client: Client | undefined
  return {
    home,
    isHomeGiven: flags.home !== undefined,
    json: flags.json,
    terminal,
    values: createValueReader(terminal),
    get client() {
      client ??= openClient(home, flags, terminal)
      return client
    },
    print: (value, render) => print(value, render, { json: flags.json, terminal }),
    note: text => {
      if (!flags.json) terminal.stderr.write(`${text}\n`)
    }
  }
}

async function print(
  value: unknown,
  render: Render,
  to: { readonly json: boolean; readonly terminal: Terminal }
): Promise<void> {
  const { stdout, env } = to.terminal
  const text = to.json
    ? formatJson(value, stdout.isTTY)
    : await render(createStyle(wantsColour(stdout.isTTY, env)))
  stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

function openClient(home: string, flags: GlobalValues, terminal: Terminal): Client {
  const api = flags.api ?? socketOf(home)
  return createClient({
    api,
    token: terminal.env['QUORATE_TOKEN'] ?? (api.startsWith('http:') ? tokenOf(home) : undefined),
    whenUnreachable: flags.api === undefined ? startCommands(home, flags.home) : [],
    signal: terminal.signal
  })
}

/** The control API's socket of a home. */
export function socketOf(home: string): string {
  return apiAddress({ home, tmpdir: tmpdir(), sha256Hex: text => hash('sha256', text, 'hex') })
}

function tokenOf(home: string): string | undefined {
  const path = join(home, API_TOKEN_FILE)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

function startCommands(home: string, given: string | undefined): string[] {
  const flag = given === undefined ? '' : ` --home ${quoted(home)}`
  const start = `quorate daemon${flag}`
  return existsSync(home) ? [start] : [`quorate init${flag}`, start]
}

/** A word as a shell takes it. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
