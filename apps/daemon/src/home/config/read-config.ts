import type { ConfigEntry } from '@quorate/contracts'
import { homePaths } from '../layout.ts'
import { badValue, parseConfigText, readConfigText } from './config-file.ts'
import {
  SETTINGS,
  SETTING_KEYS,
  settingFault,
  settingVariable,
  type Config,
  type SettingKey
} from './settings.ts'

export interface ConfigSources {
  /** Values that flags gave, by key; undefined ones are not given. */
  readonly flags?: { readonly [K in SettingKey]?: Config[K] | undefined }
  /** Default: the environment of this process. */
  readonly env?: { readonly [name: string]: string | undefined }
}

export interface LoadedConfig {
  readonly config: Config
  /** Every setting with where its value came from, in the order of the reference page. */
  readonly entries: readonly ConfigEntry[]
}

/**
 * The settings of a home: flag over environment over file over default.
 * Errors: QRT_CONFIG for the file, QRT_USAGE for a flag or a variable.
 */
export const readConfig = (home: string, sources: ConfigSources = {}): LoadedConfig => {
  const path = homePaths(home).config
  const file = parseConfigText(readConfigText(path), path)
  const env = sources.env ?? process.env
  const entries = SETTING_KEYS.map((key): ConfigEntry => {
    const flag = sources.flags?.[key]
    if (flag !== undefined) return { key, value: given(key, flag, `--${key}`), origin: 'flag' }
    const variable = settingVariable(key)
    const text = env[variable]
    if (text !== undefined && text !== '') {
      return { key, value: given(key, SETTINGS[key].read(text), variable), origin: 'env' }
    }
    if (file.has(key)) return { key, value: file.get(key), origin: 'file' }
    return { key, value: SETTINGS[key].fallback, origin: 'default' }
  })
  const config = Object.fromEntries(entries.map(({ key, value }) => [key, value])) as unknown as Config
  return { config, entries }
}

const given = (key: SettingKey, value: unknown, where: string): unknown => {
  const fault = settingFault(key, value)
  if (fault !== undefined) throw badValue('QRT_USAGE', `${where} ${fault}.`, key)
  return value
}
