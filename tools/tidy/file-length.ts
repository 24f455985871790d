/** Keeps source files short: a warning above 350 lines, a failure above 400. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCode, listFiles } from './files.ts'
import type { Violation } from './violation.ts'

export const LINES_WARNED = 350
export const LINES_MAX = 400

const SOURCE = /^((apps|libs)\/[^/]+\/src|tools)\//

export function checkFileLength(root: string): Violation[] {
  return listFiles(root)
    .filter(file => SOURCE.test(file) && isCode(file))
    .flatMap(file => {
      const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length
      if (lines <= LINES_WARNED) return []
      const message = `${lines} lines; split it (at most ${LINES_MAX}, better below 250)`
      const violation = { rule: 'file-length', file, line: 0, message }
      return [lines > LINES_MAX ? violation : { ...violation, severity: 'warning' as const }]
    })
}
