/** A line, or what makes it: most lines are never read. */
export type Line = string | (() => string)

/** What happened in a run, for people: the last lines are kept, and all of them are told to who listens. */
export interface Transcript {
  readonly note: (what: Line) => void
  readonly tail: () => readonly string[]
}

export const TAIL_LINES = 40
const LINE_CHARACTERS_MAX = 300

interface Noted {
  readonly atMs: number
  readonly what: Line
}

const render = ({ atMs, what }: Noted): string =>
  `${String(atMs).padStart(6)} ms  ${typeof what === 'string' ? what : what()}`.slice(0, LINE_CHARACTERS_MAX)

export const createTranscript = (now: () => number, listener?: (line: string) => void): Transcript => {
  const kept: Noted[] = []
  return {
    note: what => {
      const noted = { atMs: now(), what }
      listener?.(render(noted))
      kept.push(noted)
      if (kept.length > 2 * TAIL_LINES) kept.splice(0, TAIL_LINES)
    },
    tail: () => kept.slice(-TAIL_LINES).map(render)
  }
}
