/** The entry point of `quorate`: what bin/quorate.js loads once the Node version is known to do. */
console.error('quorate: no commands yet')
process.exitCode = 1

export {}
