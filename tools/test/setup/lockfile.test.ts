import { describe, expect, it } from 'vitest'
import { isInstalled } from '../../setup/lockfile.mjs'

const zod = { version: '4.0.0', integrity: 'sha512-a' }
const wanted = { packages: { '': { name: 'root' }, 'node_modules/zod': zod } }

describe('isInstalled', () => {
  it('accepts an installation that agrees', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': zod } })).toBe(true)
  })

  it('refuses no installation, a missing package, another version and a package too many', () => {
    const newer = { version: '4.0.1', integrity: 'sha512-b' }
    expect(isInstalled(wanted, undefined)).toBe(false)
    expect(isInstalled(wanted, { packages: {} })).toBe(false)
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': newer } })).toBe(false)
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': zod, 'node_modules/pino': zod } })).toBe(
      false
    )
  })

  it('does without the optional packages of other platforms', () => {
    const optional = { ...zod, optional: true, os: ['win32'] }
    const more = { packages: { ...wanted.packages, 'node_modules/windows-only': optional } }
    expect(isInstalled(more, { packages: { 'node_modules/zod': zod } })).toBe(true)
  })
})
