#!/usr/bin/env node
/**
 * Starts the command line. Plain JavaScript that an old Node.js can read, so that it can say what it needs.
 */
import module from 'node:module'

// require() leaves out the ESM face of Node's modules, whose making costs a third of the start.
const require = module.createRequire(import.meta.url)
const { dirname, join } = require('node:path')
const self = require('node:url').fileURLToPath(import.meta.url)
const argv = process.argv.slice(2)
const NODE_MIN = [24, 15]

if (!isNodeNewEnough()) await useNewerNode()
else if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) printVersion()
else await start()

function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])
}

function printVersion() {
  const { version } = require('../package.json')
  console.log(`quorate/${version} ${process.platform}-${process.arch} node-${process.version}`)
}

/** Exit codes are set, not forced: what is written to a pipe arrives first. */
async function start() {
  module.enableCompileCache()
  const { main } = await import('../dist/main.js')
  process.exitCode = await main(argv)
  // What was interrupted may hold on to something, such as an open standard input.
  if (process.exitCode === 130) setTimeout(() => process.exit(), 200).unref()
}

/** Runs the same command with the Node.js that the packages around this file bring along, if one is there. */
async function useNewerNode() {
  const node = findNode(dirname(self))
  if (node === undefined || process.env['QUORATE_NODE_CHOSEN'] !== undefined) return refuse()
  const env = { ...process.env, QUORATE_NODE_CHOSEN: '1' }
  const child = require('node:child_process').spawn(node, [self, ...argv], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', refuse)
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function findNode(folder) {
  const candidate = join(folder, 'node_modules/.bin/node')
  if (require('node:fs').existsSync(candidate)) return candidate
  return dirname(folder) === folder ? undefined : findNode(dirname(folder))
}

function refuse() {
  const message = `Quorate needs Node.js ${NODE_MIN.join('.')} or newer; this is ${process.version}.`
  const suggestions = ['Install a newer Node.js, or run `npx quorate` in the repository after `npm ci`.']
  if (argv.includes('--json')) {
    console.log(JSON.stringify({ error: { code: 'QRT_NODE_VERSION', message, suggestions } }))
  } else {
    console.error(`Error QRT_NODE_VERSION: ${message}\n  ${suggestions[0]}`)
  }
  process.exitCode = 1
}
