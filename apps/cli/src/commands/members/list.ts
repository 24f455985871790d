import { BaseCommand } from '../../base-command.ts'
import { DONE } from '../../outcome.ts'

export default class MembersList extends BaseCommand {
  static override summary = 'List the members of the group: who votes, and who only follows.'
  static override examples = [{ command: 'quorate members list', description: 'Names, roles and peer ids' }]

  async run(): Promise<number> {
    const { flags } = await this.parse(MembersList)
    const session = this.session(flags)
    const members = await session.client.members()
    await session.print(members, async style =>
      (await import('../../render/members.ts')).renderMembers(members, style)
    )
    return DONE
  }
}
