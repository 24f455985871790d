import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { QuorateError } from '@quorate/contracts'
import type { ProposeRequest } from '@quorate/contracts'
import { BaseCommand } from '../base-command.ts'
import { parseDeadline } from '../input/duration.ts'
import { parseJson } from '../input/json-value.ts'
import { DATA_BYTES_MAX, STATEMENT_BYTES_MAX, requireSize } from '../input/limits.ts'
import type { ValueReader } from '../input/value.ts'
import { DONE, proposalExit } from '../outcome.ts'
import { printProposal } from '../output/proposal.ts'
import { waitForProposal } from '../wait/proposal.ts'

export default class Propose extends BaseCommand {
  static override summary = 'Put a question to the group, and wait for its decision.'
  static override description =
    'Every voter judges the proposal and signs one ballot. What the group decides is final, and comes with a receipt ' +
    'that anyone can verify offline. Exit codes: 0 accepted, 6 rejected, 7 undecided when the time was up, 5 no quorum ' +
    'reachable.'
  static override examples = [
    { command: 'quorate propose "Deploy v2 tonight"', description: 'Ask, and wait at most 30 seconds' },
    {
      command: 'quorate propose "Which region?" --option eu --option us --tally approval --deadline 5m',
      description: 'Let the voters choose'
    },
    {
      command: 'quorate propose "Adopt the plan" --data @plan.json --json',
      description: 'With data from a file'
    },
    {
      command: `quorate propose tick --order-only --data '{"n": 1}'`,
      description: 'Only order it: no ballots'
    }
  ]
  static override args = {
    statement: Args.string({
      description: 'What is proposed: text of at most 8 KiB, @FILE or - for standard input.',
      required: true,
      ignoreStdin: true
    })
  }
  static override flags = {
    data: Flags.string({
      description: 'JSON that belongs to it, at most 1 MiB; @FILE or -.',
      helpValue: 'JSON'
    }),
    option: Flags.string({
      description: 'An option to choose from; give two or more.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'TEXT'
    }),
    tally: Flags.option({
      description: 'How the option is chosen from the ballots.',
      options: ['approval', 'ranked', 'weighted'] as const
    })(),
    deadline: Flags.string({
      description: 'Time for the group to decide: 500ms, 30s, 5m, 2h.',
      default: '30s',
      helpValue: 'DURATION'
    }),
    'order-only': Flags.boolean({ description: 'Skip the ballot: only fix its place in the ledger.' }),
    'no-wait': Flags.boolean({ description: 'Return as soon as the proposal is announced.' }),
    'idempotency-key': Flags.string({
      description: 'The same key again gives the same proposal instead of a second one.',
      helpValue: 'KEY'
    })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Propose)
    const session = this.session(flags)
    const request = await requestOf(args.statement, flags, session.values)
    const first = await session.client.propose(request)
    this.whenInterrupted = [`quorate proposals wait ${first.proposalId}`]
    const view = flags['no-wait'] ? first : await waitForProposal(session, first)
    await printProposal(session, view)
    return flags['no-wait'] ? DONE : proposalExit(view)
  }
}

interface ProposeFlags {
  readonly data?: string | undefined
  readonly option?: readonly string[] | undefined
  readonly tally?: ProposeRequest['tally']
  readonly deadline: string
  readonly 'order-only': boolean
  readonly 'idempotency-key'?: string | undefined
}

async function requestOf(given: string, flags: ProposeFlags, values: ValueReader): Promise<ProposeRequest> {
  const deadlineMs = parseDeadline(flags.deadline, '--deadline')
  const statement = await values.read(given, 'STATEMENT')
  if (statement.trim() === '') throw new QuorateError('QRT_USAGE', 'STATEMENT is empty.')
  requireSize(statement, 'STATEMENT', STATEMENT_BYTES_MAX)
  const key = flags['idempotency-key']
  return {
    statement,
    deadlineMs,
    wait: false,
    ...(flags.data !== undefined && { data: await readData(flags.data, values) }),
    ...(flags.option !== undefined && { options: requireOptions(flags.option) }),
    ...(flags.tally !== undefined && { tally: flags.tally }),
    ...(flags['order-only'] && { orderOnly: true }),
    ...(key !== undefined && { idempotencyKey: key })
  }
}

async function readData(given: string, values: ValueReader): Promise<unknown> {
  const data = parseJson(await values.read(given, '--data'), '--data')
  requireSize(JSON.stringify(data), '--data', DATA_BYTES_MAX)
  return data
}

function requireOptions(options: readonly string[]): readonly string[] {
  if (new Set(options).size < options.length)
    throw new QuorateError('QRT_USAGE', '--option names one option twice.')
  return options
}
