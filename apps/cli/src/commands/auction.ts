import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { QuorateError } from '@quorate/contracts'
import type { AuctionStart } from '@quorate/client'
import { BaseCommand } from '../base-command.ts'
import { parseDeadline, parseDuration } from '../input/duration.ts'
import { parseJsonObject } from '../input/json-value.ts'
import { STATEMENT_BYTES_MAX, requireSize } from '../input/limits.ts'
import { COUNT, NOT_NEGATIVE, POSITIVE, parseNumber } from '../input/number.ts'
import { parsePairs } from '../input/pairs.ts'
import type { ValueReader } from '../input/value.ts'
import { auctionExit } from '../outcome.ts'
import { printAuction } from '../output/auction.ts'
import { waitForAuction } from '../wait/auction.ts'

export default class Auction extends BaseCommand {
  static override summary = 'Auction a task among the agents of the group, and wait for the award.'
  static override description =
    'Bids are sealed; every peer computes the same scores from the same agreed bids. The award names the winner, the ' +
    'ranked alternates and a fencing token. Exit codes: 0 awarded, 6 no award, 7 open when the time was up.'
  static override examples = [
    {
      command: `quorate auction "Transcode talk.mp4" --requirements '{"capabilities": {"gpu": 0.8}}'`,
      description: 'Among agents that can'
    },
    {
      command: 'quorate auction "Review PR 7" --weights cost=0.2,quality=0.8 --reserve 10 --bid-window 5s',
      description: 'Quality first, at most 10'
    },
    {
      command: 'quorate auction "Render" --requirements @needs.json --run --json',
      description: 'And carry it out'
    }
  ]
  static override args = {
    task: Args.string({
      description: 'What is to be done: text of at most 8 KiB, @FILE or - for standard input.',
      required: true,
      ignoreStdin: true
    })
  }
  static override flags = {
    requirements: Flags.string({
      description:
        'What a bidder must have: {"capabilities": {"gpu": 0.8}, "cpu": 2, "memory": "4GiB", "taskClass": "x"}.',
      helpValue: 'JSON'
    }),
    weights: Flags.string({
      description: 'What counts how much, like cost=0.4,quality=0.3,performance=0.2,reliability=0.1.',
      helpValue: 'NAME=N,...'
    }),
    work: Flags.string({ description: 'How much work it is, in units.', helpValue: 'N' }),
    reserve: Flags.string({ description: 'Most that will be paid.', helpValue: 'COST' }),
    floor: Flags.string({
      description: 'Cost that scores best; a lower one scores no better.',
      helpValue: 'COST'
    }),
    scoring: Flags.string({ description: 'Scoring strategy.', helpValue: 'STRATEGY' }),
    payment: Flags.option({
      description: 'What the winner is paid.',
      options: ['first-score', 'second-score'] as const
    })(),
    'bid-window': Flags.string({ description: 'Time to bid.', default: '2s', helpValue: 'DURATION' }),
    'min-bids': Flags.string({ description: 'No award with fewer bids.', default: '1', helpValue: 'N' }),
    run: Flags.boolean({ description: 'Let the winner carry it out, and wait for the result.' }),
    deadline: Flags.string({ description: 'Time for all of it.', default: '60s', helpValue: 'DURATION' })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Auction)
    const session = this.session(flags)
    const request = await requestOf(args.task, flags, session.values)
    const first = await session.client.startAuction(request)
    this.whenInterrupted = [`quorate auctions show ${first.auctionId}`]
    const timeoutMs = parseDeadline(flags.deadline, '--deadline')
    const view = await waitForAuction(session, first, { run: flags.run, timeoutMs })
    await printAuction(session, view)
    return auctionExit(view, flags.run)
  }
}

interface AuctionFlags {
  readonly requirements?: string | undefined
  readonly weights?: string | undefined
  readonly work?: string | undefined
  readonly reserve?: string | undefined
  readonly floor?: string | undefined
  readonly scoring?: string | undefined
  readonly payment?: AuctionStart['payment']
  readonly 'bid-window': string
  readonly 'min-bids': string
  readonly run: boolean
  readonly deadline: string
}

async function requestOf(given: string, flags: AuctionFlags, values: ValueReader): Promise<AuctionStart> {
  const task = await values.read(given, 'TASK')
  if (task.trim() === '') throw new QuorateError('QRT_USAGE', 'TASK is empty.')
  requireSize(task, 'TASK', STATEMENT_BYTES_MAX)
  const { requirements, weights, scoring, payment } = flags
  return {
    task,
    wait: false,
    bidWindowMs: parseDuration(flags['bid-window'], '--bid-window'),
    minBids: parseNumber(flags['min-bids'], '--min-bids', COUNT),
    deadlineMs: parseDeadline(flags.deadline, '--deadline'),
    ...amountsOf(flags),
    ...(requirements !== undefined && { requirements: await readRequirements(requirements, values) }),
    ...(weights !== undefined && { weights: parsePairs(weights, '--weights', weightOf) }),
    ...(scoring !== undefined && { scoring }),
    ...(payment !== undefined && { payment }),
    ...(flags.run && { run: true })
  }
}

function amountsOf({ work, reserve, floor }: AuctionFlags): Pick<AuctionStart, 'work' | 'reserve' | 'floor'> {
  return {
    ...(work !== undefined && { work: parseNumber(work, '--work', POSITIVE) }),
    ...(reserve !== undefined && { reserve: parseNumber(reserve, '--reserve', NOT_NEGATIVE) }),
    ...(floor !== undefined && { floor: parseNumber(floor, '--floor', NOT_NEGATIVE) })
  }
}

function weightOf(value: string, criterion: string): number {
  return parseNumber(value, `--weights ${criterion}`, NOT_NEGATIVE)
}

async function readRequirements(
  given: string,
  values: ValueReader
): Promise<NonNullable<AuctionStart['requirements']>> {
  return parseJsonObject(await values.read(given, '--requirements'), '--requirements')
}
