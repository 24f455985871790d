import { z } from 'zod'
import { ADDRESS_BYTES_MAX, isListenAddress } from '../multiaddr.ts'

/** One setting: what it takes, what it is without being set, and what it is for. */
export interface Setting<T> {
  readonly schema: z.ZodType<T>
  readonly fallback: T
  /** One or two sentences for docs/reference/config.md. */
  readonly about: string
  /** What is allowed, for people. */
  readonly takes: string
  /** Reads the text of a flag, of an environment variable or of `config set`; the schema judges the result. */
  readonly read: (text: string) => unknown
}

const setting = <T>(init: Setting<T>): Setting<T> => init

const asText = (text: string): unknown => text
const asNumber = (text: string): unknown => (/^\d{1,15}$/.test(text) ? Number(text) : text)

/** A JSON array, or items between commas. */
const asList = (text: string): unknown => {
  if (!text.trimStart().startsWith('[')) return text.split(',').map(item => item.trim())
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const listenAddress = z
  .string()
  .max(ADDRESS_BYTES_MAX)
  .refine(isListenAddress, 'must be like /ip4/0.0.0.0/tcp/4550 or /ip6/::/tcp/4550')

const count = (low: number, high: number): z.ZodType<number> => z.int().min(low).max(high)

/** Every setting of a node by its dotted key. This table is the schema, the defaults and the reference page. */
export const SETTINGS = {
  listen: setting<readonly string[]>({
    schema: z.array(listenAddress).min(1).max(16),
    fallback: ['/ip4/0.0.0.0/tcp/0'],
    takes: 'one to sixteen TCP multiaddrs of this machine',
    about:
      'Where other members reach this daemon. Port 0 takes a free port once and keeps it over restarts while it stays ' +
      'free; name a port when a firewall stands in between. Only members of the group get past the handshake.',
    read: asList
  }),
  'http.port': setting<number | 'off'>({
    schema: z.union([z.literal('off'), count(0, 65_535)]),
    fallback: 'off',
    takes: '`"off"` or a port; 0 takes a free one',
    about:
      'Serves the control API on 127.0.0.1 as well, for callers with the bearer token in `api.token`. ' +
      'The socket in the home is always served.',
    read: asNumber
  }),
  'ballot.policy': setting<'auto' | 'manual' | 'agents'>({
    schema: z
      .enum(['auto', 'manual', 'agents'])
      .refine(policy => policy !== 'agents', 'agents cannot judge yet: no agent adapter is installed'),
    fallback: 'auto',
    takes: '`"auto"` or `"manual"` (`"agents"` is refused until an agent adapter is installed)',
    about:
      'How this node judges proposals: `auto` lets the validators decide, `manual` waits for `quorate vote`, ' +
      '`agents` asks the registered agents.',
    read: asText
  }),
  'log.level': setting<'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'>({
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
    takes: '`"trace"`, `"debug"`, `"info"`, `"warn"`, `"error"` or `"silent"`',
    about: 'The least important log lines that are written to standard error.',
    read: asText
  }),
  'limits.entries-in-flight': setting<number>({
    schema: count(1, 1_000_000),
    fallback: 16_384,
    takes: 'a count from 1 to 1000000',
    about:
      'Order-only entries of one `POST /v1/entries` stream that may wait to be ordered before no more are read from it.',
    read: asNumber
  }),
  'limits.event-readers': setting<number>({
    schema: count(1, 10_000),
    fallback: 64,
    takes: 'a count from 1 to 10000',
    about: 'How many may follow `GET /v1/events` at the same time.',
    read: asNumber
  }),
  'limits.event-lag-bytes': setting<number>({
    schema: count(4096, 1_073_741_824),
    fallback: 1_048_576,
    takes: 'bytes from 4096 to 1073741824',
    about: 'A reader of `GET /v1/events` that has fallen behind by more is disconnected; it can resume.',
    read: asNumber
  })
} as const

type Settings = typeof SETTINGS
export type SettingKey = keyof Settings

/** The settings in force, by dotted key. */
export type Config = { readonly [K in SettingKey]: Settings[K] extends Setting<infer T> ? T : never }

export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[]

export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(SETTINGS, key)

/** The environment variable of a setting: `ballot.policy` is QUORATE_BALLOT_POLICY. */
export const settingVariable = (key: SettingKey): string =>
  `QUORATE_${key.toUpperCase().replaceAll(/[.-]/g, '_')}`

/** Why the value is not one of the setting's; undefined when it is. */
export const settingFault = (key: SettingKey, value: unknown): string | undefined => {
  const result = SETTINGS[key].schema.safeParse(value)
  if (result.success) return undefined
  const refined = result.error.issues.find(({ code }) => code === 'custom')
  return refined?.message ?? `takes ${SETTINGS[key].takes.replaceAll('`', '')}`
}
