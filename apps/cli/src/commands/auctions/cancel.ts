import { BaseCommand } from '../../base-command.ts'
import { idArgument } from '../../id-argument.ts'
import { wholeId } from '../../ids.ts'
import { DONE } from '../../outcome.ts'
import { printAuction } from '../../output/auction.ts'

export default class AuctionsCancel extends BaseCommand {
  static override summary = 'Cancel an auction that this node started.'
  static override examples = [{ command: 'quorate auctions cancel 77ab', description: 'Take it back' }]
  static override args = { id: idArgument('auction') }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(AuctionsCancel)
    const session = this.session(flags)
    const view = await session.client.cancelAuction(await wholeId(session.client, args.id, 'auction'))
    await printAuction(session, view)
    return DONE
  }
}
