import { auctionPlugin } from '@quorate/auction'
import { ballotsPlugin, pbftPlugin } from '@quorate/consensus'
import type {
  ConsensusInit,
  ConsensusStrategy,
  Effect,
  Machine,
  MachineFactory,
  MachineInit,
  Plugin,
  Registrar,
  StoreOp
} from '@quorate/contracts'
import { TOKENS } from '@quorate/contracts'
import { ledgerPlugin } from '@quorate/ledger'
import type { PluginHost } from '@quorate/runtime'
import { simulationPlugins } from '../../src/cluster/plugins.ts'

/** A deliberately broken part in place of the real one: what goes in, what is made of it, what comes out. */
export interface Mutant {
  readonly pbft?: {
    readonly init?: (init: ConsensusInit) => ConsensusInit
    readonly effects?: (effects: readonly Effect[], init: ConsensusInit) => readonly Effect[]
  }
  readonly ballots?: {
    readonly effects?: (effects: readonly Effect[], init: MachineInit) => readonly Effect[]
  }
  /** Replaces what any plugin provides. */
  readonly provided?: (name: string, value: unknown) => unknown
}

const withEffects = (
  machine: Machine,
  change: (effects: readonly Effect[]) => readonly Effect[]
): Machine => ({
  ...machine,
  start: now => change(machine.start(now)),
  step: (input, now) => change(machine.step(input, now))
})

const brokenPbft = (strategy: ConsensusStrategy, { pbft = {} }: Mutant): ConsensusStrategy => ({
  ...strategy,
  create: init => {
    const machine = strategy.create(pbft.init?.(init) ?? init)
    return withEffects(machine, effects => pbft.effects?.(effects, init) ?? effects)
  }
})

const brokenBallots = (factory: MachineFactory, { ballots = {} }: Mutant): MachineFactory => ({
  ...factory,
  create: init => withEffects(factory.create(init), effects => ballots.effects?.(effects, init) ?? effects)
})

/** The plugin with its parts replaced as it registers them: through the same door, with the same checks. */
const broken = (plugin: Plugin<never>, mutant: Mutant): Plugin<never> => ({
  ...plugin,
  register: (registrar, config) => {
    const breaking: Registrar = {
      ...registrar,
      provide: (token, name, value) => {
        let made: unknown = mutant.provided?.(name, value) ?? value
        if (token.key === TOKENS.consensusStrategy.key) made = brokenPbft(made as ConsensusStrategy, mutant)
        if (name === 'ballots') made = brokenBallots(made as MachineFactory, mutant)
        registrar.provide(token, name, made as never)
      }
    }
    plugin.register(breaking, config)
  }
})

/** The built-in plugins with one thing broken in them. */
export const mutantPlugins = (mutant: Mutant): PluginHost =>
  simulationPlugins(
    [ledgerPlugin, pbftPlugin, ballotsPlugin, auctionPlugin].map(
      plugin => broken(plugin as unknown as Plugin<never>, mutant) as Plugin
    )
  )

/** The effects without those writes. */
export const withoutWrites = (
  effects: readonly Effect[],
  isLost: (op: StoreOp) => boolean
): readonly Effect[] =>
  effects.map(effect =>
    effect.type === 'persist' ? { ...effect, ops: effect.ops.filter(op => !isLost(op)) } : effect
  )
