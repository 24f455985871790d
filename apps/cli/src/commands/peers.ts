import { BaseCommand } from '../base-command.ts'
import { DONE } from '../outcome.ts'

export default class Peers extends BaseCommand {
  static override summary = 'List the peers that this node knows, and whether they are connected.'
  static override examples = [{ command: 'quorate peers', description: 'Who is connected, and how far away' }]

  async run(): Promise<number> {
    const { flags } = await this.parse(Peers)
    const session = this.session(flags)
    const peers = await session.client.peers()
    await session.print(peers, async style =>
      (await import('../render/members.ts')).renderPeers(peers, style)
    )
    return DONE
  }
}
