import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readConfig, setConfig } from '../../../src/home/index.ts'
import { homePaths } from '../../../src/home/layout.ts'
import { tempHome } from '../../support/temp-home.ts'

const homeWith = (text: string): string => {
  const home = tempHome()
  mkdirSync(home)
  writeFileSync(homePaths(home).config, text)
  return home
}

const refusal = (code: string, text: RegExp, suggestion?: string): Error =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(text) as string,
    ...(suggestion !== undefined && { suggestions: [suggestion] })
  }) as Error

describe('readConfig', () => {
  it('has a default for everything', () => {
    const { config, entries } = readConfig(tempHome(), { env: {} })
    expect(config).toMatchInlineSnapshot(`
      {
        "ballot.policy": "auto",
        "http.port": "off",
        "limits.entries-in-flight": 16384,
        "limits.event-lag-bytes": 1048576,
        "limits.event-readers": 64,
        "listen": [
          "/ip4/0.0.0.0/tcp/0",
        ],
        "log.level": "info",
      }
    `)
    expect(new Set(entries.map(({ origin }) => origin))).toEqual(new Set(['default']))
  })

  it('lets a flag win over the environment, over the file, over the default', () => {
    const home = homeWith('listen = ["/ip4/127.0.0.1/tcp/1"]\n[log]\nlevel = "warn"\n[http]\nport = 1\n')
    const env = { QUORATE_HTTP_PORT: '2', QUORATE_LISTEN: '/ip4/127.0.0.1/tcp/2, /ip6/::1/tcp/2' }
    const { entries } = readConfig(home, { env, flags: { 'http.port': 3 } })
    const found = entries.filter(({ origin }) => origin !== 'default')
    expect(found).toEqual([
      { key: 'listen', value: ['/ip4/127.0.0.1/tcp/2', '/ip6/::1/tcp/2'], origin: 'env' },
      { key: 'http.port', value: 3, origin: 'flag' },
      { key: 'log.level', value: 'warn', origin: 'file' }
    ])
  })

  it('refuses an unknown setting and names the nearest', () => {
    const home = homeWith('[ballot]\npolicie = "auto"\n')
    expect(() => readConfig(home, { env: {} })).toThrow(
      refusal('QRT_CONFIG', /no setting "ballot.policie"/, 'Did you mean "ballot.policy"?')
    )
  })

  it.each([
    ['not TOML', 'listen = [', /is not TOML/],
    ['a value of another type', '[http]\nport = "8080"\n', /http.port takes/],
    ['a value out of range', '[http]\nport = 70000\n', /http.port takes/],
    ['an address that is none', 'listen = ["localhost"]\n', /must be like/],
    ['a policy that nothing carries out yet', '[ballot]\npolicy = "agents"\n', /no agent adapter/],
    ['a table in place of a value', '[listen]\na = 1\n', /listen takes/]
  ])('refuses a file with %s', (_what, text, message) => {
    expect(() => readConfig(homeWith(text), { env: {} })).toThrow(refusal('QRT_CONFIG', message))
  })

  it('refuses a variable with a value that its setting cannot have', () => {
    expect(() => readConfig(tempHome(), { env: { QUORATE_LOG_LEVEL: 'loud' } })).toThrow(
      refusal('QRT_USAGE', /QUORATE_LOG_LEVEL takes/)
    )
  })
})

describe('setConfig', () => {
  it('sets a value and reads it back with its type', () => {
    const home = tempHome()
    expect(setConfig(home, 'http.port', '8080')).toEqual({ key: 'http.port', value: 8080, origin: 'file' })
    setConfig(home, 'http.port', 'off')
    setConfig(home, 'listen', '/ip4/127.0.0.1/tcp/1,/ip4/127.0.0.1/tcp/2')
    const { config } = readConfig(home, { env: {} })
    expect([config['http.port'], config.listen]).toEqual([
      'off',
      ['/ip4/127.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/2']
    ])
  })

  it('leaves the other lines and their comments alone', () => {
    const home = homeWith(
      '# mine\nlisten = ["/ip4/127.0.0.1/tcp/1"] # here\n\n[log]\nlevel = "warn"\n\n[http]\n# later\n'
    )
    setConfig(home, 'log.level', 'debug')
    setConfig(home, 'http.port', '0')
    setConfig(home, 'ballot.policy', 'manual')
    expect(readFileSync(homePaths(home).config, 'utf8')).toMatchInlineSnapshot(`
      "# mine
      listen = ["/ip4/127.0.0.1/tcp/1"] # here

      [log]
      level = "debug"

      [http]
      # later
      port = 0
      [ballot]
      policy = "manual"
      "
    `)
  })

  it('writes a document that it cannot edit anew', () => {
    const home = homeWith('http = { port = 1 }\nlisten = [\n  "/ip4/127.0.0.1/tcp/1"\n]\n')
    setConfig(home, 'http.port', '2')
    setConfig(home, 'listen', '/ip4/127.0.0.1/tcp/3')
    const { config } = readConfig(home, { env: {} })
    expect([config['http.port'], config.listen]).toEqual([2, ['/ip4/127.0.0.1/tcp/3']])
  })

  it.each([
    ['an unknown key', 'balot.policy', 'auto', /no setting "balot.policy"/],
    ['a value that the setting cannot have', 'http.port', 'many', /http.port takes/],
    ['a policy that nothing carries out yet', 'ballot.policy', 'agents', /no agent adapter/]
  ])('refuses %s and writes nothing', (_what, key, value, message) => {
    const home = homeWith('')
    expect(() => setConfig(home, key, value)).toThrow(refusal('QRT_USAGE', message))
    expect([readdirSync(home), readFileSync(homePaths(home).config, 'utf8')]).toEqual([['config.toml'], ''])
  })

  it('does not touch a file that is not valid', () => {
    const home = homeWith('[htp]\nport = 1\n')
    expect(() => setConfig(home, 'http.port', '1')).toThrow(refusal('QRT_CONFIG', /htp.port/))
    expect(readFileSync(homePaths(home).config, 'utf8')).toBe('[htp]\nport = 1\n')
  })
})
