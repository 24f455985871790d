import { QuorateError } from '@quorate/contracts'

/** One reason to refuse a plugin. */
export interface PluginProblem {
  readonly plugin: string
  /** Completes "plugin <name>: ..." */
  readonly message: string
  /** What to do about it, one sentence each. */
  readonly suggestions: readonly string[]
  readonly cause?: unknown
}

const sentence = ({ plugin, message }: PluginProblem): string => `plugin "${plugin}": ${message}`

/** QRT_PLUGIN about all of them at once, so that one run tells everything that is to be fixed. */
export const pluginError = (problems: readonly PluginProblem[]): QuorateError =>
  new QuorateError('QRT_PLUGIN', problems.map(sentence).join('; '), {
    details: { plugins: [...new Set(problems.map(problem => problem.plugin))] },
    suggestions: [...new Set(problems.flatMap(problem => problem.suggestions))],
    cause: problems.find(problem => problem.cause !== undefined)?.cause
  })

/** Errors: QRT_PLUGIN when there is any problem. */
export const refuse = (problems: readonly PluginProblem[]): void => {
  if (problems.length > 0) throw pluginError(problems)
}

/** What a thrown value says. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
