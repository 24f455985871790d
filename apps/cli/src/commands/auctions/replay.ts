import { ERRORS } from '@quorate/contracts'
import { BaseCommand } from '../../base-command.ts'
import { idArgument } from '../../id-argument.ts'
import { wholeId } from '../../ids.ts'
import { DONE } from '../../outcome.ts'
import { clean } from '../../output/clean.ts'

export default class AuctionsReplay extends BaseCommand {
  static override summary = 'Compute an award again from the ledger, and compare.'
  static override description = 'Exit code 6 when the recorded award is not the one that the bids give.'
  static override examples = [
    { command: 'quorate auctions replay 77ab', description: 'Was it awarded rightly?' }
  ]
  static override args = { id: idArgument('auction') }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(AuctionsReplay)
    const session = this.session(flags)
    const replay = await session.client.replayAuction(await wholeId(session.client, args.id, 'auction'))
    await session.print(replay, style =>
      replay.matches
        ? `${style.green('✔')} the award is the one that the bids give: ${clean(replay.recorded)}`
        : `${style.red('✘')} recorded ${clean(replay.recorded)}, computed ${clean(replay.recomputed)}`
    )
    return replay.matches ? DONE : ERRORS.QRT_NO_AWARD.exit
  }
}
