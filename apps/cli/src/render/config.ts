import type { ConfigEntry } from '@quorate/contracts'
import { clean } from '../output/clean.ts'
import type { Style } from '../output/style.ts'
import { table } from '../output/table.ts'

export function renderConfig(entries: readonly ConfigEntry[], origin: boolean, style: Style): string {
  const rows = entries.map(entry => [
    clean(entry.key),
    clean(typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value ?? null)),
    ...(origin ? [entry.origin] : [])
  ])
  return table(['Key', 'Value', ...(origin ? ['From'] : [])], rows, style)
}
