/**
 * Bundles the command line: one split ESM bundle of apps/cli/src/main.ts, with all it loads, into apps/cli/dist.
 *
 * Splitting keeps what is behind a dynamic import() (the daemon, the simulation) in files of its own, so that no
 * command pays for what it does not use. The tarball needs no dependencies, and installs without a network.
 */
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'

const cli = resolve(import.meta.dirname, '../../apps/cli')
const outdir = resolve(cli, 'dist')

/** Bundled CommonJS packages call require() for Node's modules; ESM has none unless it is made. */
const banner = `import { createRequire as createRequire__ } from 'node:module'
const require = createRequire__(import.meta.url)`

rmSync(outdir, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: [resolve(cli, 'src/main.ts')],
  outdir,
  banner: { js: banner },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  conditions: ['source'],
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true
})

const outputs = Object.values(metafile.outputs)
const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0)
console.log(`apps/cli/dist: ${outputs.length} files, ${Math.ceil(bytes / 1024)} KiB`)
