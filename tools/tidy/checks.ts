/** All tidy checks, by name. Each takes the root of a repository and returns what it found there. */
import { checkDocLinks } from './doc-links.ts'
import { checkFileLength } from './file-length.ts'
import { checkImportBoundaries } from './import-boundaries.ts'
import { checkLeftovers } from './leftovers.ts'
import { checkMachineTraces } from './machine-traces.ts'
import { checkManifestBoundaries } from './manifest-boundaries.ts'
import { checkPurity } from './purity.ts'
import type { Violation } from './violation.ts'

export const checks: Readonly<Record<string, (root: string) => Violation[]>> = {
  'import boundaries': checkImportBoundaries,
  'manifest boundaries': checkManifestBoundaries,
  purity: checkPurity,
  'file length': checkFileLength,
  leftovers: checkLeftovers,
  'machine traces': checkMachineTraces,
  'doc links': checkDocLinks
}
