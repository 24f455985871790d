import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type { AgentRegistration } from '@quorate/client'
import { BaseCommand } from '../../base-command.ts'
import { parseCapabilities } from '../../input/capabilities.ts'
import { FRACTION, NOT_NEGATIVE, POSITIVE, parseNumber } from '../../input/number.ts'
import { parsePairs } from '../../input/pairs.ts'
import { parseQuantity } from '../../input/quantity.ts'
import { memberNames, withNames } from '../../members.ts'
import { DONE } from '../../outcome.ts'
import { clean } from '../../output/clean.ts'

export default class AgentsRegister extends BaseCommand {
  static override summary = 'Register an agent with this node, and get its token.'
  static override description =
    'The token lets a program act as this agent and as no other: give it in QUORATE_TOKEN. It is shown once.'
  static override examples = [
    {
      command: 'quorate agents register coder --capability typescript=0.9 --rate 2',
      description: 'A coding agent'
    },
    {
      command: 'quorate agents register render --capability gpu --capacity cpu=4,memory=8GiB --throughput 3',
      description: 'With what it can carry'
    }
  ]
  static override args = {
    name: Args.string({ description: 'Name of the agent on this node.', required: true, ignoreStdin: true })
  }
  static override flags = {
    capability: Flags.string({
      description: 'What it can do, and how well, from 0 to 1 (default 1).',
      required: true,
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'CAP[=LEVEL]'
    }),
    capacity: Flags.string({
      description: 'What it can carry: cpu=4,memory=8GiB.',
      helpValue: 'NAME=AMOUNT,...'
    }),
    rate: Flags.string({ description: 'Cost per unit of work.', helpValue: 'COST' }),
    throughput: Flags.string({ description: 'Units of work per second.', helpValue: 'N' }),
    quality: Flags.string({ description: 'Quality of its work, from 0 to 1.', helpValue: '0..1' }),
    strategy: Flags.string({
      description: 'How it bids in auctions: truthful (its cost), cost-plus, or manual (with `quorate bid`).',
      helpValue: 'BIDDING'
    }),
    exec: Flags.string({ description: 'Command that the daemon runs for its events.', helpValue: 'CMD' })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(AgentsRegister)
    const session = this.session(flags)
    const made = await session.client.registerAgent(registrationOf(args.name, flags))
    await session.print(made, async style => {
      const agent = clean(withNames(made.agent, await memberNames(session)))
      return `${style.green('✔')} ${agent} is registered. Its token, shown only now:\n${clean(made.token)}`
    })
    return DONE
  }
}

interface RegisterFlags {
  readonly capability: readonly string[]
  readonly capacity?: string | undefined
  readonly rate?: string | undefined
  readonly throughput?: string | undefined
  readonly quality?: string | undefined
  readonly strategy?: string | undefined
  readonly exec?: string | undefined
}

function amountOf(value: string, key: string): number {
  return parseQuantity(value, `--capacity ${key}`)
}

function registrationOf(name: string, flags: RegisterFlags): AgentRegistration {
  const { capacity, rate, throughput, quality, strategy, exec } = flags
  return {
    name,
    capabilities: parseCapabilities(flags.capability),
    ...(capacity !== undefined && { capacity: parsePairs(capacity, '--capacity', amountOf) }),
    ...(rate !== undefined && { rate: parseNumber(rate, '--rate', NOT_NEGATIVE) }),
    ...(throughput !== undefined && { throughput: parseNumber(throughput, '--throughput', POSITIVE) }),
    ...(quality !== undefined && { quality: parseNumber(quality, '--quality', FRACTION) }),
    ...(strategy !== undefined && { strategy }),
    ...(exec !== undefined && { exec })
  }
}
