import { Config } from '@oclif/core/config'
import type { Command } from '@oclif/core/command'
import type { Interfaces } from '@oclif/core'

export interface ConfigInit {
  readonly version?: string
  /** What help needs to know; a single command needs none of it. */
  readonly commands?: Command.Loadable[]
  readonly topics?: Interfaces.Topic[]
}

const NAME = 'quorate'

/**
 * The configuration that oclif's commands and help read, made in memory.
 *
 * oclif would look for package.json, a manifest and plugins on the disk; we know all that, and start faster.
 */
export function createConfig(init: ConfigInit = {}): Promise<Config> {
  const root = import.meta.dirname
  return Config.load({
    root,
    plugins: new Map([[NAME, rootPlugin(root, init)]]),
    devPlugins: false,
    userPlugins: false
  })
}

function rootPlugin(root: string, init: ConfigInit): Interfaces.Plugin {
  const version = init.version ?? '0.0.0'
  const oclif = { bin: NAME, topicSeparator: ' ' as const, additionalHelpFlags: ['-h'] }
  const description = 'Agents on many machines decide, trade and organise as one group.'
  return {
    _base: NAME,
    alias: NAME,
    name: NAME,
    version,
    root,
    pjson: { name: NAME, version, description, oclif },
    commands: init.commands ?? [],
    commandIDs: (init.commands ?? []).map(command => command.id),
    topics: init.topics ?? [],
    commandsDir: undefined,
    hasManifest: false,
    hooks: {},
    isRoot: true,
    moduleType: 'module',
    options: { root },
    type: 'core',
    valid: true,
    findCommand: () => undefined as never,
    load: () => Promise.resolve()
  }
}
