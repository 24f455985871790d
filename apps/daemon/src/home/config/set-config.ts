import { isDeepStrictEqual } from 'node:util'
import type { ConfigEntry } from '@quorate/contracts'
import { homePaths } from '../layout.ts'
import { makeFolder, writeFileAtomically } from '../write-file.ts'
import {
  badValue,
  formatConfig,
  parseConfigText,
  readConfigText,
  unknownSetting,
  type FileValues
} from './config-file.ts'
import { editConfigText } from './edit-config.ts'
import { SETTINGS, isSettingKey, settingFault } from './settings.ts'

/**
 * Sets one value in the home's config file, or leaves the file as it was. A running daemon takes it up when it is
 * started again. `text` is read as the setting wants it: a number, a word, a list between commas or as JSON.
 * Errors: QRT_USAGE for an unknown key or a value that it cannot have; QRT_CONFIG when the file is not valid as it is;
 * QRT_STORAGE_FAILED.
 */
export const setConfig = (home: string, key: string, text: string): ConfigEntry => {
  if (!isSettingKey(key)) throw unknownSetting('QRT_USAGE', key, 'config')
  const value = SETTINGS[key].read(text)
  const fault = settingFault(key, value)
  if (fault !== undefined) throw badValue('QRT_USAGE', `${key} ${fault}.`, key)
  const path = homePaths(home).config
  const before = readConfigText(path)
  const wanted = new Map(parseConfigText(before, path)).set(key, value)
  const edited = editConfigText(before, key, value)
  makeFolder(home)
  writeFileAtomically(path, says(edited, wanted) ? edited : formatConfig(wanted))
  return { key, value, origin: 'file' }
}

const says = (text: string, wanted: FileValues): boolean => {
  try {
    return isDeepStrictEqual(parseConfigText(text, ''), wanted)
  } catch {
    return false
  }
}
