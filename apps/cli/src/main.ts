/** The entry point of `quorate`: what bin/quorate.js loads once the Node version is known to do. */

/** Runs one command and resolves to its exit code. */
export function main(argv: readonly string[]): Promise<number> {
  console.error(`quorate: no command '${argv[0] ?? ''}' yet`)
  return Promise.resolve(1)
}
