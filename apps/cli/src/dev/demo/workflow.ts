/**
 * Three kinds of steps of a recorded workflow run, reduced to what the demo needs: 1000Genome, mutational overlaps in
 * human populations, on 2 chromosomes, recorded with Pegasus on the Chameleon testbed.
 *
 * Source: WfInstances of the WfCommons project (doi:10.5281/zenodo.12510982), commit f085867f2f9d,
 * pegasus/1000genome/1000genome-chameleon-2ch-100k-001.json; licence of the trace: GNU LGPL 3.
 * `work` is the measured run time of all steps of the kind in seconds, `steps` their number: figures unchanged.
 * `wants` is what the demo's initiator cares for: not from the trace.
 */
export const WORKFLOW = {
  name: '1000Genome',
  source: 'WfCommons, 1000genome-chameleon-2ch-100k-001 (LGPL 3)',
  kinds: [
    {
      kind: 'individuals',
      steps: 20,
      work: 1049.1,
      capability: 'parse',
      wants: { cost: 0.7, quality: 0.1, performance: 0.1, reliability: 0.1 }
    },
    {
      kind: 'mutation_overlap',
      steps: 14,
      work: 126.963,
      capability: 'analyse',
      wants: { cost: 0.25, quality: 0.5, performance: 0.15, reliability: 0.1 }
    },
    {
      kind: 'frequency',
      steps: 14,
      work: 1518.706,
      capability: 'analyse',
      wants: { cost: 0.1, quality: 0.2, performance: 0.6, reliability: 0.1 }
    }
  ]
} as const

/** Agents of three owners: one fast and dear, one cheap and slow, one between. Rates are cost per second of work. */
export const AGENTS = [
  { name: 'swift', capabilities: { parse: 0.9, analyse: 0.95 }, rate: 0.02, throughput: 4, quality: 0.95 },
  { name: 'steady', capabilities: { parse: 0.8, analyse: 0.8 }, rate: 0.012, throughput: 2.5, quality: 0.9 },
  { name: 'thrifty', capabilities: { parse: 0.7, analyse: 0.5 }, rate: 0.006, throughput: 1, quality: 0.75 }
] as const
