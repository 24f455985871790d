/** `1 peer`, `2 peers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** A number for people: at most so many decimals, none that say nothing. */
export function decimal(value: number, decimals = 3): string {
  return String(Number(value.toFixed(decimals)))
}

/** A length of time for people: `850 ms`, `12 s`, `5 min`, `3 h`, `2 days`. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 100_000) return `${Math.round(ms / 1000)} s`
  if (ms < 6_000_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`
  return counted(Math.round(ms / 86_400_000), 'day')
}

/** How long ago it was, in the daemon's and our common clock. */
export function ago(at: string, nowMs: number): string {
  return `${span(nowMs - Date.parse(at))} ago`
}
