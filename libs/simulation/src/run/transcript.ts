/** What happened in a run, for people: the last lines are kept, and all of them are told to who listens. */
export interface Transcript {
  readonly note: (what: string) => void
  readonly tail: () => readonly string[]
}

export const TAIL_LINES = 40
const LINE_CHARACTERS_MAX = 400

export const createTranscript = (now: () => number, listener?: (line: string) => void): Transcript => {
  const kept: string[] = []
  return {
    note: what => {
      const line = `${String(now()).padStart(6)} ms  ${what}`.slice(0, LINE_CHARACTERS_MAX)
      listener?.(line)
      kept.push(line)
      if (kept.length > 2 * TAIL_LINES) kept.splice(0, TAIL_LINES)
    },
    tail: () => kept.slice(-TAIL_LINES)
  }
}
