/**
 * The home of a node: its files, founding a group in it, and its settings. Loads neither libp2p nor the HTTP server.
 *
 * @example
 * import { initHome, setConfig } from '@quorate/daemon/home'
 *
 * const { groupId, peerId } = initHome({ home: '/tmp/example-home', member: 'alpha' })
 * setConfig('/tmp/example-home', 'ballot.policy', 'manual')
 */
export { homePaths, type HomePaths } from './layout.ts'
export { initHome, type InitHomeInit, type InitResult } from './init-home.ts'
export { foundGroup, type FoundGroupInit, type FoundedGroup } from './found-group.ts'
export { hasGroup, loadHome, type LoadedHome } from './load-home.ts'
export { exportGroup } from './group-export.ts'
export { readDaemonRecord, type DaemonRecord } from './daemon-record.ts'
export { readConfig, type ConfigSources, type LoadedConfig } from './config/read-config.ts'
export { setConfig } from './config/set-config.ts'
export { SETTING_KEYS, settingVariable, type Config, type SettingKey } from './config/settings.ts'
export { configReference } from './config/reference.ts'
