import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ALL, SCENARIO_NAMES } from '../scenarios/registry.ts'

export interface Options {
  readonly seeds: number
  /** The first seed. */
  readonly from: number
  readonly scenario: string
  /** Worker threads. */
  readonly jobs: number
  /** Prints the transcript of every run; runs go one after the other, on the main thread. */
  readonly verbose: boolean
  /** Transcripts show every message, too. */
  readonly messages: boolean
}

/** What the command line asks for: to run, to be told how, or something that makes no sense. */
export type Command =
  | { readonly type: 'run'; readonly options: Options }
  | { readonly type: 'help' }
  | { readonly type: 'usage-error'; readonly message: string }

const SEEDS_DEFAULT = 200
const SEED_MAX = 0xffff_ffff
const JOBS_MAX = 256

const FLAGS = {
  seeds: { type: 'string' },
  from: { type: 'string' },
  scenario: { type: 'string' },
  jobs: { type: 'string' },
  verbose: { type: 'boolean' },
  messages: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' }
} as const

class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A whole number in 1 .. max; the default when the flag is not given. */
const count = (flag: string, text: string | undefined, { standard, max }: Bounds): number => {
  if (text === undefined) return standard
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= max) return value
  throw new UsageError(`--${flag} must be a whole number from 1 to ${max}, not "${text}"`)
}

interface Bounds {
  readonly standard: number
  readonly max: number
}

const scenarioOf = (name: string = ALL): string => {
  if (SCENARIO_NAMES.includes(name)) return name
  throw new UsageError(`there is no scenario "${name}"; there are ${SCENARIO_NAMES.join(', ')}`)
}

const read = (args: readonly string[]): Command => {
  const { values } = parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: false })
  if (values.help) return { type: 'help' }
  const from = count('from', values.from, { standard: 1, max: SEED_MAX })
  const seeds = count('seeds', values.seeds, { standard: SEEDS_DEFAULT, max: SEED_MAX })
  if (from + seeds - 1 > SEED_MAX) throw new UsageError(`seeds go up to ${SEED_MAX}`)
  const jobs = count('jobs', values.jobs, { standard: availableParallelism(), max: JOBS_MAX })
  const { messages = false, verbose = messages } = values
  const scenario = scenarioOf(values.scenario)
  return { type: 'run', options: { seeds, from, scenario, jobs, verbose, messages } }
}

/** Never throws: what is wrong with the arguments is told in words. */
export const parseCommand = (args: readonly string[]): Command => {
  try {
    return read(args)
  } catch (error) {
    return { type: 'usage-error', message: (error as Error).message }
  }
}
