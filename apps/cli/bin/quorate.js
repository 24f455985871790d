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
const LINGER_MS = 300

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
  if (!isBuilt()) return refuse('QRT_INTERNAL', 'The command line is not built.', 'npm run build')
  const { main } = await import('../dist/main.js')
  process.exitCode = await main(argv)
  setTimeout(leave, LINGER_MS).unref()
}

function isBuilt() {
  return require('node:fs').existsSync(join(dirname(self), '../dist/main.js'))
}

/** Something may still be held, such as an open standard input; it is not waited for. What is written is. */
function leave() {
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit()
  setTimeout(leave, LINGER_MS).unref()
}

/** Runs the same command with the Node.js that the packages around this file bring along, if one is there. */
async function useNewerNode() {
  const node = findNode(dirname(self))
  if (node === undefined || process.env['QUORATE_NODE_CHOSEN'] !== undefined) return refuseNode()
  const env = { ...process.env, QUORATE_NODE_CHOSEN: '1' }
  const child = require('node:child_process').spawn(node, [self, ...argv], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', refuseNode)
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function findNode(folder) {
  const candidate = join(folder, 'node_modules/.bin/node')
  if (require('node:fs').existsSync(candidate)) return candidate
  return dirname(folder) === folder ? undefined : findNode(dirname(folder))
}

function refuseNode() {
  const message = `Quorate needs Node.js ${NODE_MIN.join('.')} or newer; this is ${process.version}.`
  refuse(
    'QRT_NODE_VERSION',
    message,
    'Install a newer Node.js, or run `npx quorate` in the repository after `npm ci`.'
  )
}

/** Reports as the command line does, which is not there to do it. */
function refuse(code, message, suggestion) {
  if (argv.includes('--json')) {
    console.log(JSON.stringify({ error: { code, message, suggestions: [suggestion] } }))
  } else {
    console.error(`Error ${code}: ${message}\n  Try: ${suggestion}`)
  }
  process.exitCode = 1
}
