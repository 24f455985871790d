import { readFileSync } from 'node:fs'
import { QuorateError } from '@quorate/contracts'
import { parse, stringify, type TomlTable } from 'smol-toml'
import { nearest } from './nearest.ts'
import { SETTING_KEYS, isSettingKey, settingFault, type SettingKey } from './settings.ts'

/** Values that the file sets, by dotted key, checked. */
export type FileValues = ReadonlyMap<SettingKey, unknown>

const isTable = (value: unknown): value is TomlTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** The file's text; empty when there is no file. Errors: QRT_CONFIG when it cannot be read. */
export const readConfigText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    throw new QuorateError('QRT_CONFIG', `${path} cannot be read`, { cause })
  }
}

/**
 * Reads the text of a config file.
 * Errors: QRT_CONFIG for what is not TOML, names no setting (with the nearest one), or has a value that it cannot have.
 */
export const parseConfigText = (text: string, path: string): FileValues => {
  const values = flatten(parseToml(text, path))
  const checked = new Map<SettingKey, unknown>()
  for (const [key, value] of values) {
    if (!isSettingKey(key)) throw unknownSetting('QRT_CONFIG', key, path)
    const fault = settingFault(key, value)
    if (fault !== undefined) throw badValue('QRT_CONFIG', `${path}: ${key} ${fault}`, key)
    checked.set(key, value)
  }
  return checked
}

const parseToml = (text: string, path: string): TomlTable => {
  try {
    return parse(text)
  } catch (cause) {
    const [problem = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    throw new QuorateError('QRT_CONFIG', `${path} is not TOML: ${problem}`, {
      cause,
      suggestions: ['Correct the line, or remove the file to have the defaults.']
    })
  }
}

const flatten = (table: TomlTable, prefix = ''): [string, unknown][] =>
  Object.entries(table).flatMap(([name, value]): [string, unknown][] => {
    const key = prefix === '' ? name : `${prefix}.${name}`
    return isTable(value) && !isSettingKey(key) ? flatten(value, key) : [[key, value]]
  })

/** The document with these values, as TOML. */
export const formatConfig = (values: FileValues): string => {
  const document: Record<string, unknown> = {}
  for (const [key, value] of values) {
    const [first = '', ...rest] = key.split('.')
    if (rest.length === 0) document[first] = value
    else document[first] = { ...(document[first] as object | undefined), [rest.join('.')]: value }
  }
  return stringify(document)
}

/** `code`: QRT_CONFIG when a file holds the name, QRT_USAGE when the user gave it. */
export const unknownSetting = (
  code: 'QRT_CONFIG' | 'QRT_USAGE',
  key: string,
  where: string
): QuorateError => {
  const near = nearest(key, SETTING_KEYS)
  const suggestions = [
    near === undefined ? `Settings: ${SETTING_KEYS.join(', ')}.` : `Did you mean "${near}"?`
  ]
  return new QuorateError(code, `${where}: there is no setting "${key}".`, { details: { key }, suggestions })
}

export const badValue = (code: 'QRT_CONFIG' | 'QRT_USAGE', message: string, key: SettingKey): QuorateError =>
  new QuorateError(code, message, { details: { key } })
