import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../base-command.ts'
import { DONE } from '../../outcome.ts'
import { printProposal } from '../../output/proposal.ts'

export default class ProposalsShow extends BaseCommand {
  static override summary = 'Show a proposal: its outcome, its ballots, its receipt.'
  static override examples = [{ command: 'quorate proposals show 3f2a', description: 'How it stands' }]
  static override args = {
    id: Args.string({ description: 'Id of the proposal.', required: true, ignoreStdin: true })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ProposalsShow)
    const session = this.session(flags)
    await printProposal(session, await session.client.proposal(args.id))
    return DONE
  }
}
