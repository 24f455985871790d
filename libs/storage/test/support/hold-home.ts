/** Usage: hold-home <directory>. Takes the home, forgets the lock, prints its process id and stays until killed. */
import { writeSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { lockHome } from '../../src/index.ts'

/** A lock that goes away when its object is collected as garbage would be no lock. */
const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

lockHome(process.argv[2] ?? '')
collectGarbage()
writeSync(1, `${process.pid}\n`)
setInterval(() => undefined, 60_000)
