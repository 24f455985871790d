import { stringify } from 'smol-toml'
import type { SettingKey } from './settings.ts'

const HEADER = /^\s*\[\s*([^[\]]+?)\s*\]\s*(#.*)?$/

/**
 * Puts one value into the text of a config file, leaving the other lines, comments among them, as they are.
 *
 * It knows a value on one line under its `[section]` only; the caller checks that the result says what it should, and
 * writes the document anew when it does not.
 */
export const editConfigText = (text: string, key: SettingKey, value: unknown): string => {
  const dot = key.indexOf('.')
  const section = dot < 0 ? '' : key.slice(0, dot)
  const name = key.slice(dot + 1)
  const line = stringify({ [name]: value }).trim()
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const { from, to } = boundsOf(lines, section)
  if (from < 0) return `${[...lines, `[${section}]`, line].join('\n')}\n`
  const at = lines.findIndex((content, i) => i >= from && i < to && assigns(content, name))
  if (at >= 0) lines[at] = line
  else lines.splice(insertAt(lines, from, to), 0, line)
  return `${lines.join('\n')}\n`
}

const assigns = (content: string, name: string): boolean =>
  content
    .trimStart()
    .replace(/^"([^"]+)"/, '$1')
    .startsWith(name) &&
  /^\s*("?)[\w.-]+\1\s*=/.test(content) &&
  content.split('=')[0]?.trim().replaceAll('"', '') === name

/** Lines of a section, its header left out; the nameless section goes up to the first header. `from` -1: not there. */
const boundsOf = (lines: readonly string[], section: string): { from: number; to: number } => {
  const headers = lines.map(content => HEADER.exec(content)?.[1])
  const at = section === '' ? -1 : headers.indexOf(section)
  if (section !== '' && at < 0) return { from: -1, to: -1 }
  const next = headers.findIndex((header, i) => i > at && header !== undefined)
  return { from: at + 1, to: next < 0 ? lines.length : next }
}

/** After the last line of the section that is not empty. */
const insertAt = (lines: readonly string[], from: number, to: number): number => {
  let at = to
  while (at > from && (lines[at - 1] as string).trim() === '') at -= 1
  return at
}
