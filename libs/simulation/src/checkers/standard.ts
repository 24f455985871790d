import { certificate } from './certificate.ts'
import type { Checker } from './checker.ts'
import { checkpoints } from './checkpoints.ts'
import { decisions } from './decisions.ts'
import { evidence } from './evidence.ts'
import { executeOnce } from './execute-once.ts'
import { fewViews } from './few-views.ts'
import { onceSaid } from './once-said.ts'
import { order } from './order.ts'
import { preparedAfterCommitted } from './prepared.ts'
import { state } from './state.ts'
import { viewDiscipline } from './view-discipline.ts'

/** What is watched in every run of every scenario. docs/testing.md explains each. */
export const STANDARD_CHECKERS: readonly Checker[] = [
  order,
  executeOnce,
  certificate,
  preparedAfterCommitted,
  state,
  checkpoints,
  decisions,
  onceSaid,
  viewDiscipline,
  evidence,
  fewViews
]
