import { QuorateError } from '@quorate/contracts'
import type { CommandLine } from '../command-line.ts'
import { commands, topics } from '../command-table.ts'
import { globalFlags } from '../flags.ts'
import { nearest } from './nearest.ts'

/** Why there is no command to run, with those that were perhaps meant. */
export function unknownCommand({ words, argv, leading }: CommandLine): QuorateError {
  const strange = leading.find(flag => flag.startsWith('-') && !Object.hasOwn(globalFlags, nameOf(flag)))
  if (strange !== undefined) return unknownFlag(strange)
  const [topic = '', second] = words
  if (topic === '') return usage(`There is no command in: ${argv.join(' ')}`, [])
  if (!Object.hasOwn(topics, topic)) return usage(`There is no command '${topic}'.`, nearNames(words))
  const members = membersOf(topic)
  if (second === undefined)
    return usage(`'${topic}' needs one of: ${members.map(lastWord).join(', ')}.`, members)
  return usage(`There is no command '${topic} ${second}'.`, nearNames(words.slice(0, 2), members))
}

function unknownFlag(flag: string): QuorateError {
  const meant = nearest(nameOf(flag), Object.keys(globalFlags), 1).map(name => `Did you mean --${name}?`)
  const suggestions = [...meant, 'Flags of a command stand behind its name.', 'quorate --help']
  return new QuorateError('QRT_USAGE', `No such flag before a command: ${flag}`, { suggestions })
}

function nameOf(flag: string): string {
  return flag.replace(/^-+/, '').replace(/=.*$/s, '')
}

function usage(message: string, meant: readonly string[]): QuorateError {
  const suggestions = meant.length === 0 ? ['quorate --help'] : meant.map(name => `quorate ${name}`)
  return new QuorateError('QRT_USAGE', message, { suggestions })
}

function names(): string[] {
  return Object.keys(commands).map(id => id.replace(':', ' '))
}

function membersOf(topic: string): string[] {
  return names().filter(name => name.startsWith(`${topic} `))
}

function lastWord(name: string): string {
  return name.split(' ').at(-1) ?? name
}

/** Near by the whole name; else by the first word, as in `proposal list` for `proposals list`; else the fallback. */
function nearNames(words: readonly string[], fallback: readonly string[] = []): readonly string[] {
  const whole = nearest(words.slice(0, 2).join(' '), names())
  if (whole.length > 0) return whole
  const first = nearest(words[0] ?? '', [...names(), ...Object.keys(topics)])
  if (first.length === 0) return fallback
  return first.flatMap(name => (Object.hasOwn(topics, name) ? membersOf(name) : [name])).slice(0, 5)
}
