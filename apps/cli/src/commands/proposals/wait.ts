import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { idArgument } from '../../id-argument.ts'
import { wholeId } from '../../ids.ts'
import { parseDuration } from '../../input/duration.ts'
import { proposalExit } from '../../outcome.ts'
import { printProposal } from '../../output/proposal.ts'
import { waitForProposal } from '../../wait/proposal.ts'

export default class ProposalsWait extends BaseCommand {
  static override summary = 'Wait for the outcome of a proposal.'
  static override description =
    'Until its deadline and a little longer, unless --timeout says otherwise. Exit codes as for propose: 0 accepted, ' +
    '6 rejected, 7 undecided, 5 no quorum reachable.'
  static override examples = [
    { command: 'quorate proposals wait 3f2a', description: 'Until there is an outcome' },
    { command: 'quorate proposals wait 3f2a --timeout 5s --json', description: 'At most five seconds' }
  ]
  static override args = { id: idArgument('proposal') }
  static override flags = {
    timeout: Flags.string({ description: 'Wait at most so long: 500ms, 30s, 5m, 2h.', helpValue: 'DURATION' })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ProposalsWait)
    const session = this.session(flags)
    const timeoutMs = flags.timeout === undefined ? undefined : parseDuration(flags.timeout, '--timeout')
    const id = await wholeId(session.client, args.id, 'proposal')
    this.whenInterrupted = [`quorate proposals wait ${id}`]
    const view = await waitForProposal(session, await session.client.proposal(id), timeoutMs)
    await printProposal(session, view)
    return proposalExit(view)
  }
}
