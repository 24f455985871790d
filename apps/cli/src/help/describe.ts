import type { Command } from '@oclif/core/command'
import type { CommandClass } from '../base-command.ts'
import { commands } from '../command-table.ts'

/** What help and the reference page say of every command; loads them all. */
export async function describeCommands(): Promise<Command.Loadable[]> {
  const ids = Object.keys(commands).toSorted()
  return Promise.all(ids.map(async id => describe(id, (await commands[id]?.())?.default)))
}

function describe(id: string, Class: CommandClass | undefined): Command.Loadable {
  if (Class === undefined) throw new Error(`no command ${id}`)
  return {
    id,
    aliases: [],
    hiddenAliases: [],
    hidden: Class.hidden,
    pluginName: 'quorate',
    ...(Class.summary !== undefined && { summary: Class.summary }),
    description: Class.description,
    examples: Class.examples,
    args: named(Class.args),
    flags: named({ ...Class.flags, ...Class.baseFlags }),
    load: () => Promise.resolve(Class as unknown as Command.Class)
  }
}

/** oclif puts the names in while it parses; help wants them there before. */
function named<T extends object>(definitions: {
  readonly [name: string]: T
}): { [name: string]: T & { name: string } } {
  return Object.fromEntries(Object.entries(definitions).map(([name, of]) => [name, { ...of, name }]))
}
