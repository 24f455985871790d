import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../base-command.ts'
import { wholeId } from '../../ids.ts'
import { DONE } from '../../outcome.ts'
import { printAuction } from '../../output/auction.ts'

export default class AuctionsShow extends BaseCommand {
  static override summary = 'Show an auction: award, scores, risk.'
  static override examples = [{ command: 'quorate auctions show 77ab', description: 'How it stands' }]
  static override args = {
    id: Args.string({
      description: 'Id of the auction, or the beginning of it.',
      required: true,
      ignoreStdin: true
    })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(AuctionsShow)
    const session = this.session(flags)
    const view = await session.client.auction(await wholeId(session.client, args.id, 'auction'))
    await printAuction(session, view)
    return DONE
  }
}
