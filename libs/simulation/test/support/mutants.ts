import type { ConsensusInit, Effect, LedgerModule, LedgerModuleFactory, Signing } from '@quorate/contracts'
import { ACCEPT } from '@quorate/contracts'
import { AWARD_KIND, voteShape } from '@quorate/core'
import { silence } from '../../src/byzantine/withhold.ts'
import { auction } from '../../src/scenarios/auction.ts'
import { consensus } from '../../src/scenarios/consensus.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'
import type { VirtualDisk } from '../../src/world/disk.ts'
import { busy, directed } from './directed.ts'
import { createForgetfulDisk } from './forgetful-disk.ts'
import { withoutWrites, type Mutant } from './mutant.ts'
import { oneAhead } from './one-ahead.ts'
import { checkpointsPass, primaryRestarts, secondThoughts } from './schedules.ts'

/** A known bug of the protocol, and the promises of which at least one must be seen to break. */
export interface KnownBug {
  readonly name: string
  readonly mutant: Mutant
  readonly createDisk?: () => VirtualDisk
  readonly scenario: Scenario
  /** The bug has to be found within this many seeds. */
  readonly seeds: number
  readonly breaks: readonly string[]
}

/** Sees a smaller quorum than there is. */
const shortQuorum = (init: ConsensusInit): ConsensusInit => {
  const { application } = init
  const voters = () => ({ ...application.voters(), quorum: application.voters().quorum - 1 })
  return { ...init, application: { ...application, voters } }
}

type Said = Extract<Effect, { readonly frame: Uint8Array }>

const eachSaid = (
  effects: readonly Effect[],
  signing: Signing,
  change: (effect: Said, kind: string, body: readonly unknown[]) => readonly Effect[]
): readonly Effect[] =>
  effects.flatMap(effect => {
    if (!('frame' in effect)) return [effect]
    const opened = signing.open(effect.frame)
    if (!opened.ok || opened.envelope.author !== signing.self || !Array.isArray(opened.envelope.body))
      return [effect]
    return change(effect, opened.envelope.kind, opened.envelope.body)
  })

/** COMMIT together with PREPARE. */
const hastyCommit = (effects: readonly Effect[], { signing }: ConsensusInit): readonly Effect[] =>
  eachSaid(effects, signing, (effect, kind, body) =>
    kind === 'pbft/prepare'
      ? [effect, { ...effect, frame: signing.sign('pbft/commit', body as never).frame }]
      : [effect]
  )

/** A checkpoint of a state that only this node has. */
const wrongCheckpoint = (effects: readonly Effect[], { signing, self }: ConsensusInit): readonly Effect[] =>
  eachSaid(effects, signing, (effect, kind, body) => {
    const vote = kind === 'pbft/checkpoint' && self === 'peer-1' ? voteShape.decode(body as never) : undefined
    if (!vote) return [effect]
    const other = voteShape.encode({ ...vote, digest: 'ab'.repeat(32) })
    return [{ ...effect, frame: signing.sign(kind, other).frame }]
  })

/** Takes whatever award it is given. */
const credulous = (name: string, value: unknown): unknown => {
  if (name !== 'sealed-bid') return value
  const factory = value as LedgerModuleFactory
  const believe = (module: LedgerModule): LedgerModule => ({
    ...module,
    validate: (state, entry, context) => {
      const verdict = module.validate(state, entry, context)
      const isDifferent = verdict.outcome === 'reject' && verdict.code === 'auction-result-differs'
      return entry.kind === AWARD_KIND && isDifferent ? ACCEPT : verdict
    }
  })
  return { ...factory, create: config => believe(factory.create(config)) } satisfies LedgerModuleFactory
}

/** Makes up the digest of the result that it submits. */
const madeUpAwards = (name: string, value: unknown): unknown => {
  if (name !== 'auction') return credulous(name, value)
  const factory = value as { create: (init: never) => { step: (...args: never[]) => readonly Effect[] } }
  const twist = (effect: Effect): Effect => {
    if (effect.type !== 'route' || effect.command.name !== 'consensus.submit') return effect
    const { drafts, token } = effect.command.payload as {
      drafts: readonly { kind: string; body: Uint8Array }[]
      token: string
    }
    if (drafts[0]?.kind !== AWARD_KIND) return effect
    const body = Uint8Array.from(drafts[0].body)
    // The result's digest follows the auction's: array head, two heads of byte strings, 32 bytes of id.
    body[1 + 2 + 32 + 2] = (body[1 + 2 + 32 + 2] ?? 0) ^ 1
    return {
      type: 'route',
      command: { name: 'consensus.submit', payload: { drafts: [{ ...drafts[0], body }], token } }
    }
  }
  return {
    ...factory,
    create: (init: never) => {
      const machine = factory.create(init)
      return { ...machine, step: (...args: never[]) => machine.step(...args).map(twist) }
    }
  }
}

/** Deduplication is forgotten whenever the node restarts. */
const forgetExecuted = (name: string, value: unknown): unknown => {
  if (name !== 'kv') return value
  const factory = value as {
    create: (init: { store: { range: (space: string) => readonly { key: string }[] } }) => unknown
  }
  return {
    ...factory,
    create: (init: Parameters<typeof factory.create>[0]) => {
      const range = (space: string, ...rest: never[]) =>
        init.store.range(space, ...(rest as [])).filter(({ key }) => !key.startsWith('dedupe\0'))
      return factory.create({ ...init, store: { ...init.store, range } })
    }
  }
}

const isVoteRow = ({ space }: { readonly space: string }): boolean => /^pbft\/(said|accepted)$/.test(space)

/** A primary that never says anything: only the request timer helps. */
const silentPrimary = directed({
  liars: new Map([['peer-1', [silence]]]),
  livenessMs: 10_000,
  script: (cluster, at) => busy(cluster, at)
})

export const KNOWN_BUGS: readonly KnownBug[] = [
  {
    name: 'a quorum that is one voter short',
    mutant: { pbft: { init: shortQuorum } },
    scenario: consensus,
    seeds: 5,
    breaks: ['certificate', 'agreement']
  },
  {
    name: 'votes that are not remembered',
    mutant: { pbft: { effects: effects => withoutWrites(effects, isVoteRow) } },
    scenario: primaryRestarts,
    seeds: 1,
    breaks: ['no-honest-equivocation', 'agreement', 'prepared']
  },
  {
    name: 'a disk that acknowledges too early',
    mutant: {},
    createDisk: createForgetfulDisk(3),
    scenario: consensus,
    seeds: 60,
    breaks: ['no-honest-equivocation', 'gap-free', 'view-discipline', 'prepared']
  },
  {
    name: 'ballots that are not remembered',
    mutant: {
      ballots: { effects: effects => withoutWrites(effects, ({ space }) => space === 'ballots/ballot') }
    },
    scenario: secondThoughts,
    seeds: 1,
    breaks: ['no-honest-equivocation']
  },
  {
    name: 'prepared certificates that a restart forgets',
    mutant: {
      pbft: { effects: effects => withoutWrites(effects, ({ space }) => space === 'pbft/prepared') }
    },
    scenario: oneAhead({ hears: /commit$/, othersRestart: true }),
    seeds: 1,
    breaks: ['prepared', 'agreement']
  },
  {
    name: 'a COMMIT before the batch is prepared',
    mutant: { pbft: { effects: hastyCommit } },
    scenario: oneAhead({ hears: /prepare$/, othersRestart: false }),
    seeds: 1,
    breaks: ['prepared', 'agreement', 'no-failure']
  },
  {
    name: 'a checkpoint of another state',
    mutant: { pbft: { effects: wrongCheckpoint } },
    scenario: checkpointsPass,
    seeds: 1,
    breaks: ['checkpoint-agreement']
  },
  {
    name: 'a request timer that never runs',
    mutant: {
      pbft: {
        effects: effects =>
          effects.filter(effect => effect.type !== 'schedule' || effect.timer !== 'progress')
      }
    },
    scenario: silentPrimary,
    seeds: 1,
    breaks: ['liveness']
  },
  {
    name: 'executed submissions that a restart forgets',
    mutant: { provided: forgetExecuted },
    scenario: consensus,
    seeds: 40,
    breaks: ['state', 'execute-once', 'no-failure', 'checkpoint-agreement']
  },
  {
    name: 'an award that nobody computes again',
    mutant: { provided: madeUpAwards },
    scenario: auction,
    seeds: 10,
    breaks: ['replay']
  }
]
