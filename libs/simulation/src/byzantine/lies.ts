import { falseDecided, falseStatus } from './false-answers.ts'
import { falseNewView, falseViewChange, farFuture, oldCertificates } from './false-views.ts'
import { falseAward } from './false-award.ts'
import { garbage, malformed } from './garbage.ts'
import { late } from './late.ts'
import type { Lie } from './liar.ts'
import { replay } from './replay.ts'
import { invalidBatch, twoBatches, wrongTime } from './twist-proposals.ts'
import { smuggle } from './smuggle.ts'
import { supportBoth, twoBallots, twoVotes, wrongEpoch } from './two-votes.ts'
import { hoard, noAnswers, silence, silentSpells, withhold } from './withhold.ts'

/** Every way of lying that there is. */
export const LIES: readonly Lie[] = [
  twoBatches,
  twoVotes,
  supportBoth,
  twoBallots,
  wrongEpoch,
  withhold,
  silence,
  silentSpells,
  late,
  noAnswers,
  hoard,
  replay,
  garbage,
  malformed,
  falseDecided,
  falseStatus,
  falseViewChange,
  falseNewView,
  oldCertificates,
  farFuture,
  wrongTime,
  invalidBatch,
  smuggle,
  falseAward
]

/** Those that belong together: a primary that tells two stories, and helpers that vote for both. */
export const FORK: readonly Lie[] = [twoBatches, supportBoth]
