import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { DONE } from '../../outcome.ts'

export default class ProposalsList extends BaseCommand {
  static override summary = 'List proposals and what became of them.'
  static override examples = [
    { command: 'quorate proposals list', description: 'All that this node knows' },
    { command: 'quorate proposals list --pending', description: 'Those that still wait for an outcome' }
  ]
  static override flags = {
    pending: Flags.boolean({ description: 'Only those without an outcome yet.' })
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(ProposalsList)
    const session = this.session(flags)
    const views = await session.client.proposals({ pending: flags.pending })
    await session.print(views, async style =>
      (await import('../../render/proposal.ts')).renderProposals(views, style)
    )
    return DONE
  }
}
