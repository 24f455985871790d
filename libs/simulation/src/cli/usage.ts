import { ALL, SCENARIOS } from '../scenarios/registry.ts'

const scenarioLines = SCENARIOS.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n')

/** What `--help` prints. */
export const USAGE = `Runs whole groups on a virtual clock, network and disk, and checks what has to hold after every step.

Usage: npm run sim -- [--seeds N] [--from SEED] [--scenario S] [--jobs J] [--verbose] [--messages]

  --seeds N      how many seeds to run (default 200)
  --from SEED    the first of them (default 1)
  --scenario S   what happens in a run (default ${ALL})
  --jobs J       threads to run on (default: one per core)
  --verbose      print the transcript of every run, one run after the other
  --messages     the same, with every message that arrives
  --help         this text

Scenarios:
  ${ALL.padEnd(14)}a mix of those below: each seed falls to one of them
${scenarioLines}

A seed decides everything that happens in a run. The last line reads "seeds: N, violations: V", where V counts the seeds
that broke a promise. Exit code: 0 none did, 1 some did, 2 the arguments make no sense, 130 interrupted.
`
