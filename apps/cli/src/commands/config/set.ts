import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../base-command.ts'
import { DONE } from '../../outcome.ts'
import { clean } from '../../output/clean.ts'

export default class ConfigSet extends BaseCommand {
  static override summary = 'Set one setting of this node, in the configuration file of its home.'
  static override description = 'A daemon that runs takes it up when it starts the next time.'
  static override examples = [
    { command: 'quorate config set ballot.policy manual', description: 'Judge proposals with `quorate vote`' }
  ]
  static override args = {
    key: Args.string({ description: 'Dotted name of the setting.', required: true, ignoreStdin: true }),
    value: Args.string({ description: 'Its value; @FILE or -.', required: true, ignoreStdin: true })
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ConfigSet)
    const session = this.session(flags)
    const value = await session.values.read(args.value, 'VALUE')
    const { setConfig } = await import('@quorate/daemon/home')
    const set = setConfig(session.home, args.key, value)
    await session.print({ key: set.key, value: set.value }, style => {
      return `${style.green('✔')} ${set.key} = ${clean(JSON.stringify(set.value))}`
    })
    return DONE
  }
}
