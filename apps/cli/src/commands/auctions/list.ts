import { BaseCommand } from '../../base-command.ts'
import { memberNames } from '../../members.ts'
import { DONE } from '../../outcome.ts'

export default class AuctionsList extends BaseCommand {
  static override summary = 'List auctions and who won them.'
  static override examples = [{ command: 'quorate auctions list', description: 'All that this node knows' }]

  async run(): Promise<number> {
    const { flags } = await this.parse(AuctionsList)
    const session = this.session(flags)
    const views = await session.client.auctions()
    await session.print(views, async style => {
      const { renderAuctions } = await import('../../render/auction.ts')
      return renderAuctions(views, await memberNames(session), style)
    })
    return DONE
  }
}
