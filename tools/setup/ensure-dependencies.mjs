/**
 * Installs the dependencies when they are not what package-lock.json says, so that one command works from a fresh clone.
 *
 * Runs before anything is installed, on Node 20 and newer: plain JavaScript, nothing but Node's own modules.
 * npm scripts then run on the Node that the dependencies bring along (on Linux), or on the system's.
 */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInstalled } from './lockfile.mjs'

const NODE_MIN = [24, 15]
const HEARTBEAT_MS = 10_000
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const wanted = readLock('package-lock.json')
if (!wanted) fail('package-lock.json is missing or damaged; restore it with: git checkout package-lock.json')
if (!isInstalled(wanted, readLock('node_modules/.package-lock.json'))) await install()
checkNode()

function readLock(file) {
  try {
    return JSON.parse(readFileSync(resolve(root, file), 'utf8'))
  } catch {
    return undefined
  }
}

async function install() {
  const startedMs = Date.now()
  const elapsed = () => `${Math.round((Date.now() - startedMs) / 1000)} s`
  console.log('Installing dependencies from package-lock.json (npm ci, usually half a minute) ...')
  const heartbeat = setInterval(() => console.log(`  still installing, ${elapsed()}`), HEARTBEAT_MS)
  const code = await runNpmCi()
  clearInterval(heartbeat)
  if (code !== 0) {
    fail(
      `npm ci failed (exit ${code}); npm's own message is above. Usual causes: the npm registry cannot be reached ` +
        '(then try again), or package-lock.json does not fit the package.json files (then run: npm install).'
    )
  }
  console.log(`Dependencies installed in ${elapsed()}.`)
}

/** Resolves to npm's exit code. The npm that called us is used again, when there is one. */
function runNpmCi() {
  const npm = process.env.npm_execpath
  const command = npm ? [process.execPath, npm] : ['npm']
  const args = [...command.slice(1), 'ci', '--loglevel=error']
  return new Promise(done => {
    const child = spawn(command[0], args, {
      cwd: root,
      stdio: 'inherit',
      shell: !npm && process.platform === 'win32'
    })
    child.on('error', error => fail(`npm could not be started: ${error.message}`))
    child.on('close', code => done(code ?? 1))
  })
}

/** The Node that the script after this one will run on: ours from node_modules/.bin, or else the system's. */
function checkNode() {
  const version = execFileSync('node', ['--version'], { encoding: 'utf8', cwd: root }).trim()
  const [major, minor] = version.slice(1).split('.').map(Number)
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return
  fail(`Quorate needs Node ${NODE_MIN.join('.')} or newer and found ${version}; see https://nodejs.org`)
}

function fail(message) {
  console.error(`Set-up failed: ${message}`)
  process.exit(1)
}
