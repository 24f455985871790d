import { describe, expect, it } from 'vitest'
import { checkManifestBoundaries } from '../../tidy/manifest-boundaries.ts'
import { manifest, PROJECTS, writeRepository } from '../temp-repository.ts'
import type { Files } from '../temp-repository.ts'

function findingsFor(files: Files): string[] {
  const root = writeRepository({ ...PROJECTS, ...files })
  return checkManifestBoundaries(root).map(({ rule, message }) => `${rule}: ${message}`)
}

describe('manifest boundaries', () => {
  it('accept what the table allows', () => {
    const references = JSON.stringify({ references: [{ path: '../core' }] })
    expect(findingsFor({ 'libs/consensus/tsconfig.json': references })).toEqual([])
  })

  it('refuse a protocol project that depends on a sibling', () => {
    const text = manifest('@quorate/consensus', 'protocol', ['@quorate/auction'])
    expect(findingsFor({ 'libs/consensus/package.json': text })).toEqual([
      'layer-dependency: @quorate/consensus may not depend on @quorate/auction'
    ])
  })

  it('refuse a protocol project that refers to a sibling', () => {
    const references = JSON.stringify({ references: [{ path: '../auction' }] })
    expect(findingsFor({ 'libs/consensus/tsconfig.json': references })).toEqual([
      'layer-reference: @quorate/consensus may not refer to libs/auction'
    ])
  })

  it('refuse a dependency on tsyringe outside runtime', () => {
    const text = manifest('@quorate/daemon', 'app', ['tsyringe'])
    expect(findingsFor({ 'apps/daemon/package.json': text })).toEqual([
      'layer-dependency: @quorate/daemon may not depend on tsyringe'
    ])
  })
})
