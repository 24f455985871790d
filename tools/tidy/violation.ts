/** One finding of a tidy check, and how it is printed. */
export interface Violation {
  readonly rule: string
  /** Relative to the root of the repository, with forward slashes. */
  readonly file: string
  /** First line is 1; 0 when the finding is about the whole file. */
  readonly line: number
  readonly message: string
  /** A warning is printed and fails nothing. */
  readonly severity?: 'warning'
}

export function formatViolation(violation: Violation): string {
  const at = violation.line > 0 ? `${violation.file}:${violation.line}` : violation.file
  const label = violation.severity === 'warning' ? 'warning ' : ''
  return `${at}  ${label}${violation.rule}: ${violation.message}`
}
