import { statSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { QuorateError } from '@quorate/contracts'
import { openStore } from '../../src/index.ts'
import { countNumbered, numberedOps } from '../support/numbered.ts'
import { copyStore, damageFile, tempHome } from '../support/temp-home.ts'

/** Enough for a checkpoint: the crashed store is partly in its main file, partly in its log. */
const COMMITS = 160
/** QUORATE_DAMAGE_RUNS=20000 for a soak. */
const RUNS = Number(process.env['QUORATE_DAMAGE_RUNS'] ?? 50)

interface Flip {
  readonly at: number
  readonly mask: number
  readonly length: number
}

const flip: fc.Arbitrary<Flip> = fc.record({
  at: fc.oneof(fc.nat({ max: 0xffffff }), fc.nat({ max: 4200 })),
  mask: fc.integer({ min: 1, max: 255 }),
  length: fc.constantFrom(1, 1, 1, 4, 100, 4096)
})

const damage = (bytes: Buffer, { at, mask, length }: Flip): void => {
  const start = at % bytes.length
  for (let i = start; i < Math.min(bytes.length, start + length); i++)
    bytes.writeUInt8(bytes.readUInt8(i) ^ mask, i)
}

/** Right, or refused with one of these codes; anything else is a failure. */
const outcome = (directory: string): string => {
  try {
    const store = openStore({ directory })
    const found = countNumbered(store)
    store.close()
    return found === COMMITS ? 'right' : `silently wrong: ${found}`
  } catch (error) {
    return error instanceof QuorateError ? error.code : String(error)
  }
}

/** One store with everything in the main file, and one with everything in the log. */
const makeStores = (): { readonly closed: string; readonly crashed: string } => {
  const home = tempHome()
  const paths = { live: join(home, 'live'), closed: join(home, 'closed'), crashed: join(home, 'crashed') }
  const store = openStore({ directory: paths.live, markEveryMs: 0 })
  for (let commit = 1; commit <= COMMITS; commit++) store.commit(numberedOps(commit))
  copyStore(paths.live, paths.crashed)
  store.close()
  copyStore(paths.live, paths.closed)
  return paths
}

const ALLOWED = ['right', 'QRT_STORAGE_CORRUPT', 'QRT_STORAGE_VERSION']

test.for([
  ['closed', 'store.db'],
  ['crashed', 'store.db-wal'],
  ['crashed', 'store.db'],
  ['closed', 'store.mark']
] as const)(
  'random damage to a %s store, in %s, never gives a wrong value',
  { timeout: 3_600_000 },
  ([state, file]) => {
    const original = makeStores()[state]
    const directory = join(tempHome(), 'damaged')
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 2 }), flips => {
        copyStore(original, directory)
        damageFile(join(directory, file), bytes => flips.forEach(change => damage(bytes, change)))
        const result = outcome(directory)
        seen.set(result, (seen.get(result) ?? 0) + 1)
        expect(ALLOWED).toContain(result)
      }),
      { numRuns: RUNS }
    )
    expect(statSync(original).isDirectory()).toBe(true)
    if (process.env['QUORATE_DAMAGE_RUNS'] !== undefined) console.log(state, file, Object.fromEntries(seen))
  }
)
