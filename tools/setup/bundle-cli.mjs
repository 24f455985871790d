/**
 * Bundles the command line: one split ESM bundle of apps/cli/src/main.ts, with all it loads, into apps/cli/dist.
 *
 * Splitting keeps what is behind a dynamic import() (the daemon, the simulation) in files of its own, so that no
 * command pays for what it does not use. The tarball needs no dependencies, and installs without a network.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'

const cli = resolve(import.meta.dirname, '../../apps/cli')
const outdir = resolve(cli, 'dist')

/** Bundled CommonJS packages call require() for Node's modules; ESM has none unless it is made. */
const banner = `import { createRequire as createRequire__ } from 'node:module'
const require = createRequire__(import.meta.url)`

/** What only the daemon may load: none of it may stand in the way of a command. */
const DAEMON_ONLY = /(^|\/)(apps\/daemon|node_modules\/(libp2p|@libp2p|@chainsafe|fastify|pino|tsyringe))\//

const { metafile, outputFiles } = await build({
  write: false,
  entryPoints: [resolve(cli, 'src/main.ts')],
  absWorkingDir: resolve(cli, '../..'),
  outdir,
  banner: { js: banner },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  conditions: ['source'],
  external: missingEntryPoints(),
  plugins: [lazyBuiltins()],
  minifySyntax: true,
  minifyWhitespace: true,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true
})

refuseDaemonParts(metafile.outputs)
replaceOutput(outputFiles)
const outputs = Object.values(metafile.outputs)
const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0)
console.log(`apps/cli/dist: ${outputs.length} files, ${Math.ceil(bytes / 1024)} KiB`)

/** Only now, so that a bundle that fails leaves the last one that did not. */
function replaceOutput(files) {
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(resolve(outdir, 'chunks'), { recursive: true })
  for (const { path, contents } of files) writeFileSync(path, contents)
}

/**
 * Loads Node's modules without their ESM face. Making that face reads every export, and some of them load a lot: an
 * `import` of node:http costs 30 ms, because it loads a whole other HTTP client, where getBuiltinModule costs 3.
 */
function lazyBuiltins() {
  return {
    name: 'lazy-builtins',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^node:/ }, ({ path, kind }) =>
        kind === 'import-statement' ? { path, namespace: 'builtin' } : undefined
      )
      onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule('${path}')`
      }))
    }
  }
}

/** Entry points of the daemon that are not written yet stay imports, which fail when they are called for. */
function missingEntryPoints() {
  const daemon = resolve(cli, '../daemon')
  const { exports } = JSON.parse(readFileSync(resolve(daemon, 'package.json'), 'utf8'))
  const home = exports['./home']?.source
  return home && existsSync(resolve(daemon, home)) ? [] : ['@quorate/daemon/home']
}

/** Fails when a command's own file, or one that it imports statically, holds parts of the daemon. */
function refuseDaemonParts(built) {
  const commands = Object.keys(built).filter(file => built[file].entryPoint?.startsWith('apps/cli/src/'))
  for (const file of commands) {
    const heavy = [...staticClosure(built, file)].flatMap(part => Object.keys(built[part].inputs))
    const found = heavy.find(input => DAEMON_ONLY.test(input))
    if (found) throw new Error(`${built[file].entryPoint} loads ${found} before it is needed`)
  }
}

function staticClosure(built, file, seen = new Set()) {
  if (seen.has(file) || !built[file]) return seen
  seen.add(file)
  for (const { path, kind } of built[file].imports)
    if (kind === 'import-statement') staticClosure(built, path, seen)
  return seen
}
