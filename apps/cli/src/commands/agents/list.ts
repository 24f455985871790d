import { BaseCommand } from '../../base-command.ts'
import { memberNames } from '../../members.ts'
import { DONE } from '../../outcome.ts'

export default class AgentsList extends BaseCommand {
  static override summary = 'List the agents of the whole group: what they can do, how loaded they are.'
  static override examples = [
    { command: 'quorate agents list', description: 'Capabilities, load and reputation' }
  ]

  async run(): Promise<number> {
    const { flags } = await this.parse(AgentsList)
    const session = this.session(flags)
    const agents = await session.client.agents()
    await session.print(agents, async style => {
      const { renderAgents } = await import('../../render/records.ts')
      return renderAgents(agents, await memberNames(session), style)
    })
    return DONE
  }
}
