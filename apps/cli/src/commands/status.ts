import { BaseCommand } from '../base-command.ts'
import { DONE } from '../outcome.ts'

export default class Status extends BaseCommand {
  static override summary = 'Show the health of this node and its group.'
  static override description =
    'State first, then how many voters there are, what the quorum is, how many liars the group tolerates, who is absent ' +
    'and when it last decided.'
  static override examples = [
    { command: 'quorate status', description: 'The node of the default home' },
    { command: 'quorate --home ./dev/peer-2 status --json', description: 'Another node, for a program' }
  ]

  async run(): Promise<number> {
    const { flags } = await this.parse(Status)
    const session = this.session(flags)
    const status = await session.client.status()
    await session.print(status, async style => {
      const { renderStatus } = await import('../render/status.ts')
      const members = await session.client.members().catch(() => [])
      return renderStatus({ status, members, nowMs: Date.now() }, style)
    })
    return DONE
  }
}
