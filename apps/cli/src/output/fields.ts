import type { Style } from './style.ts'

export type Field = readonly [label: string, value: string]

/** Labels and values in two columns; what has no value is left out. */
export function fields(all: readonly Field[], style: Style): string {
  const given = all.filter(([, value]) => value !== '')
  const width = Math.max(0, ...given.map(([label]) => label.length))
  return given.map(([label, value]) => `  ${style.dim(label.padEnd(width))}  ${value}`).join('\n')
}
