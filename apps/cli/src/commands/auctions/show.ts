import { BaseCommand } from '../../base-command.ts'
import { idArgument } from '../../id-argument.ts'
import { wholeId } from '../../ids.ts'
import { DONE } from '../../outcome.ts'
import { printAuction } from '../../output/auction.ts'

export default class AuctionsShow extends BaseCommand {
  static override summary = 'Show an auction: award, scores, risk.'
  static override examples = [{ command: 'quorate auctions show 77ab', description: 'How it stands' }]
  static override args = { id: idArgument('auction') }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(AuctionsShow)
    const session = this.session(flags)
    const view = await session.client.auction(await wholeId(session.client, args.id, 'auction'))
    await printAuction(session, view)
    return DONE
  }
}
