import { stripVTControlCharacters } from 'node:util'
import { QuorateError } from '@quorate/contracts'
import { commands } from '../command-table.ts'
import { globalFlags } from '../flags.ts'
import { nearest } from './nearest.ts'

/** oclif marks the errors of its parser with this field. */
export function isOclifError(error: unknown): error is Error & { readonly flags?: readonly string[] } {
  return error instanceof Error && 'oclif' in error
}

/** Makes our error of one that oclif found in the arguments. */
export async function usageError(
  error: Error & { readonly flags?: readonly string[] },
  id: string | undefined
): Promise<QuorateError> {
  const command = id === undefined ? 'quorate' : `quorate ${id.replace(':', ' ')}`
  const meant = error.flags === undefined ? [] : await nearFlags(error.flags, id)
  return new QuorateError('QRT_USAGE', messageOf(error), {
    suggestions: [...meant.map(flag => `Did you mean --${flag}?`), `${command} --help`]
  })
}

function messageOf(error: Error): string {
  return stripVTControlCharacters(error.message)
    .replace(/\n?See more help with --help/, '')
    .replace(/\n\nNote: [^]*$/, '')
    .replace(/^Nonexistent flag/, 'No such flag')
    .replace(/^The following errors? occurred:\s*/, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
}

async function nearFlags(unknown: readonly string[], id: string | undefined): Promise<string[]> {
  const Class = id === undefined ? undefined : (await commands[id]?.())?.default
  const known = Object.keys({ ...Class?.flags, ...globalFlags })
  return unknown.flatMap(flag => nearest(flag.replace(/^-+/, '').replace(/=.*$/s, ''), known, 1))
}
