import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { wholeId } from '../ids.ts'
import { FRACTION, NOT_NEGATIVE, POSITIVE, parseNumber } from '../input/number.ts'
import { DONE } from '../outcome.ts'
import { clean } from '../output/clean.ts'

export default class Bid extends BaseCommand {
  static override summary = 'Bid for an agent of this node in an auction.'
  static override description =
    'The bid is sealed: nobody can read it before the auction closes, and it cannot be changed. Agents bid by ' +
    'themselves, except those that are registered with --strategy manual.'
  static override examples = [
    {
      command: 'quorate bid 77ab --agent coder --cost 4 --quality 0.9 --throughput 2',
      description: 'What it costs, how good and how fast it will be'
    }
  ]
  static override args = {
    auction: Args.string({
      description: 'Id of the auction, or its beginning.',
      required: true,
      ignoreStdin: true
    })
  }
  static override flags = {
    agent: Flags.string({ description: 'The agent that bids.', required: true, helpValue: 'NAME' }),
    cost: Flags.string({ description: 'Cost of the whole task.', required: true, helpValue: 'C' }),
    quality: Flags.string({
      description: 'Quality promised, from 0 to 1.',
      required: true,
      helpValue: '0..1'
    }),
    throughput: Flags.string({ description: 'Units of work per second.', required: true, helpValue: 'N' }),
    note: Flags.string({ description: 'A word to the initiator; @FILE or -.', helpValue: 'TEXT' })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Bid)
    const session = this.session(flags)
    const note = flags.note === undefined ? undefined : await session.values.read(flags.note, '--note')
    const bid = await session.client.bid(await wholeId(session.client, args.auction, 'auction'), {
      agent: flags.agent,
      cost: parseNumber(flags.cost, '--cost', NOT_NEGATIVE),
      quality: parseNumber(flags.quality, '--quality', FRACTION),
      throughput: parseNumber(flags.throughput, '--throughput', POSITIVE),
      ...(note !== undefined && { note })
    })
    await session.print(bid, style => `${style.green('✔')} sealed bid ${clean(bid.bidId)}`)
    return DONE
  }
}
