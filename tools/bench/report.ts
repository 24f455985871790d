/** One figure of a benchmark. */
export interface Result {
  readonly metric: string
  readonly value: number
  readonly unit: string
}

export interface Report {
  readonly bench: string
  readonly results: readonly Result[]
}

/** One document: the report of a single benchmark, or a list when several were asked for. */
export const renderJson = (reports: readonly Report[]): string =>
  `${JSON.stringify(reports.length === 1 ? reports[0] : reports)}\n`

export const renderText = (reports: readonly Report[]): string =>
  reports
    .map(({ bench, results }) => {
      const width = Math.max(...results.map(({ metric }) => metric.length))
      const rows = results.map(
        ({ metric, value, unit }) => `  ${metric.padEnd(width)}  ${format(value)} ${unit}`
      )
      return `${bench}\n${rows.join('\n')}\n`
    })
    .join('\n')

const format = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 }).padStart(10)
