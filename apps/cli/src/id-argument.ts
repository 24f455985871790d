import * as Args from '@oclif/core/args'
import type { IdKind } from './ids.ts'

/** The argument that names one proposal, auction or piece of evidence, whole or by its beginning (see `wholeId`). */
export const idArgument = (kind: IdKind) =>
  Args.string({
    description: `Id of the ${kind}, or the beginning of it.`,
    required: true,
    ignoreStdin: true
  })
