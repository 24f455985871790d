import { createTranscript, type Line } from './transcript.ts'
import type { Violation } from './result.ts'

/** What a run writes down: its transcript, and every broken promise. */
export interface Notebook {
  readonly note: (what: Line) => void
  readonly violated: (invariant: string, detail: string) => void
  readonly violations: readonly Violation[]
  readonly tail: () => readonly string[]
  /** From now on time is told by this clock: milliseconds since the run began. */
  readonly setClock: (clock: () => number) => void
}

const NOT_BEGUN = (): number => 0

export const createNotebook = (listener?: (line: string) => void): Notebook => {
  const violations: Violation[] = []
  let now = NOT_BEGUN
  const { note, tail } = createTranscript(() => now(), listener)
  return {
    note,
    tail,
    violations,
    violated: (invariant, detail) => {
      note(`VIOLATION ${invariant}: ${detail}`)
      violations.push({ invariant, detail, atMs: now() })
    },
    setClock: clock => {
      now = clock
    }
  }
}
