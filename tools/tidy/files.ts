/** Lists the files that the tidy checks look at: everything but what is installed, built or cached. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.nx', '.tsc', '.reports', 'coverage'])

const CODE = /\.(ts|mts|cts|js|mjs|cjs)$/

export function isCode(file: string): boolean {
  return CODE.test(file)
}

/** Files below `root/under`, relative to `root`, in sorted order; none when the folder is absent. */
export function listFiles(root: string, under = ''): string[] {
  const folder = join(root, under)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => !SKIPPED.has(entry.name))
    .flatMap(entry => {
      const path = under === '' ? entry.name : `${under}/${entry.name}`
      return entry.isDirectory() ? listFiles(root, path) : entry.isFile() ? [path] : []
    })
    .toSorted()
}
