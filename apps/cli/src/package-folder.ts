import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package: it holds bin/, and stands above this file in the sources and in the bundle. */
export function packageFolder(folder = import.meta.dirname): string {
  if (existsSync(join(folder, 'bin/quorate.js'))) return folder
  if (dirname(folder) === folder) throw new Error('the package has lost its bin/quorate.js')
  return packageFolder(dirname(folder))
}
