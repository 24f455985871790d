import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { wholeId } from '../ids.ts'
import { FRACTION, optionalNumber } from '../input/number.ts'
import { DONE } from '../outcome.ts'
import { clean } from '../output/clean.ts'

export default class Vote extends BaseCommand {
  static override summary = 'Cast the ballot of this node on a proposal.'
  static override description =
    'A ballot is signed and final: a second, different one is refused. By default nodes judge by themselves; set ' +
    'ballot.policy to manual to decide here.'
  static override examples = [
    { command: 'quorate vote 3f2a accept', description: 'In favour' },
    {
      command: 'quorate vote 3f2a reject --reason "no rollback plan" --confidence 0.8',
      description: 'Against'
    },
    {
      command: 'quorate vote 3f2a accept --option eu --option us',
      description: 'In favour, options in order of liking'
    }
  ]
  static override args = {
    proposal: Args.string({
      description: 'Id of the proposal, or its beginning.',
      required: true,
      ignoreStdin: true
    }),
    verdict: Args.option({ options: ['accept', 'reject', 'abstain'] as const })({
      description: 'The judgement.',
      required: true,
      ignoreStdin: true
    })
  }
  static override flags = {
    confidence: Flags.string({ description: 'How sure, from 0 to 1.', helpValue: '0..1' }),
    reason: Flags.string({ description: 'Why; @FILE or -.', helpValue: 'TEXT' }),
    option: Flags.string({
      description: 'An option in favour; the best first.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'TEXT'
    })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Vote)
    const session = this.session(flags)
    const confidence = optionalNumber(flags.confidence, '--confidence', FRACTION)
    const reason =
      flags.reason === undefined ? undefined : await session.values.read(flags.reason, '--reason')
    const vote = await session.client.vote(await wholeId(session.client, args.proposal, 'proposal'), {
      verdict: args.verdict,
      ...(confidence !== undefined && { confidence }),
      ...(reason !== undefined && { reason }),
      ...(flags.option !== undefined && { options: flags.option })
    })
    await session.print(
      vote,
      style => `${style.green('✔')} ${vote.verdict} recorded for ${clean(vote.proposalId)}`
    )
    return DONE
  }
}
