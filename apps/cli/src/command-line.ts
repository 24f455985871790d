/** What the arguments ask for, before any command is loaded. */
export interface CommandLine {
  /** The command, `topic:command`; absent when there is none of that name. */
  readonly id: string | undefined
  /** The words that name the command or should have. */
  readonly words: readonly string[]
  /** Arguments for the command: flags that stood before its name come first. */
  readonly argv: readonly string[]
  /** Flags that stood before the command, with their values. */
  readonly leading: readonly string[]
  readonly help: boolean
  readonly json: boolean
}

const WITH_VALUE = new Set(['--home', '--api'])
const HELP = new Set(['--help', '-h'])

/**
 * Splits the arguments. Global flags may stand before the command: `quorate --home DIR status`.
 */
export function readCommandLine(argv: readonly string[], ids: ReadonlySet<string>): CommandLine {
  const leading = argv.slice(0, leadingFlags(argv))
  const rest = argv.slice(leading.length)
  const isHelpWord = rest[0] === 'help'
  const named = isHelpWord ? rest.slice(1) : rest
  const id = [named.slice(0, 2).join(':'), named[0] ?? ''].find(candidate => ids.has(candidate))
  const wordCount = id === undefined ? leadingWords(named) : id.split(':').length
  const options = beforeDashes(argv)
  return {
    id,
    words: id?.includes(':') === true && named[0] === id ? [id] : named.slice(0, wordCount),
    argv: [...leading, ...named.slice(named[0] === id ? 1 : wordCount)],
    leading,
    help: isHelpWord || options.some(option => HELP.has(option)),
    json: options.includes('--json')
  }
}

function leadingFlags(argv: readonly string[]): number {
  let count = 0
  while (argv[count]?.startsWith('-') === true && argv[count] !== '--')
    count += WITH_VALUE.has(argv[count] ?? '') ? 2 : 1
  return Math.min(count, argv.length)
}

function leadingWords(argv: readonly string[]): number {
  const end = argv.findIndex(word => word.startsWith('-'))
  return end === -1 ? argv.length : end
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--')
  return dashes === -1 ? argv : argv.slice(0, dashes)
}
