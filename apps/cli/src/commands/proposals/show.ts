import { BaseCommand } from '../../base-command.ts'
import { idArgument } from '../../id-argument.ts'
import { wholeId } from '../../ids.ts'
import { DONE } from '../../outcome.ts'
import { printProposal } from '../../output/proposal.ts'

export default class ProposalsShow extends BaseCommand {
  static override summary = 'Show a proposal: its outcome, its ballots, its receipt.'
  static override examples = [{ command: 'quorate proposals show 3f2a', description: 'How it stands' }]
  static override args = { id: idArgument('proposal') }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ProposalsShow)
    const session = this.session(flags)
    const id = await wholeId(session.client, args.id, 'proposal')
    await printProposal(session, await session.client.proposal(id))
    return DONE
  }
}
