/** Refuses traces of one machine in the repository: absolute paths of a home, and package registry hosts. */
import { listFiles } from './files.ts'
import { matchLines } from './lines.ts'
import type { LineRule } from './lines.ts'
import type { Violation } from './violation.ts'

const BINARY = /\.(png|jpe?g|gif|ico|woff2?|wasm|tgz|gz|zip|db|sqlite)$/

const RULES: readonly LineRule[] = [
  {
    rule: 'machine-path',
    pattern: /(^|[\s'"`(=:,])(\/work\/(main|shared)|\/root\/|\/home\/\w+\/|\/Users\/\w+\/|[A-Z]:\\Users\\)/,
    message: 'an absolute path of one machine'
  },
  {
    rule: 'registry-host',
    pattern: /\/\/[\w.-]*(registry|artifactory|nexus|verdaccio)[\w-]*[.:][\w.:-]*|"resolved": "https?:/i,
    message: 'a package registry host; npm finds its own'
  }
]

export function checkMachineTraces(root: string): Violation[] {
  const files = listFiles(root).filter(file => !BINARY.test(file))
  return matchLines(root, files, RULES)
}
