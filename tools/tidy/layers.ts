/** What `layers.json` allows a project: the one reading of the table that all boundary checks share. */
import table from './layers.json' with { type: 'json' }
import type { Project } from './projects.ts'

export interface Policy {
  readonly mayImport: readonly string[]
  readonly testMayImport?: readonly string[]
  readonly lazy?: readonly string[]
  readonly pure?: boolean
  readonly asyncTypes?: boolean
  readonly nodeModules?: readonly string[]
}

export type Permission = 'allowed' | 'lazy-only' | 'test-only' | 'refused'

const layers: Readonly<Record<string, Policy>> = table.layers
const overrides: Readonly<Record<string, Policy>> = table.projects
const restricted: Readonly<Record<string, readonly string[]>> = table.restrictedPackages

/** Undefined when the project carries no layer tag, or one that the table does not know. */
export function policyOf(project: Project): Policy | undefined {
  const policy = layers[project.layer ?? '']
  return policy && { ...policy, ...overrides[project.name] }
}

export function permissionFor(policy: Policy, target: Project): Permission {
  if (covers(policy.mayImport, target)) return 'allowed'
  if (covers(policy.lazy ?? [], target)) return 'lazy-only'
  if (covers(policy.testMayImport ?? [], target)) return 'test-only'
  return 'refused'
}

/** The layers that alone may use this package; undefined when all may. */
export function layersAllowedFor(packageName: string): readonly string[] | undefined {
  return restricted[packageName]
}

function covers(entries: readonly string[], target: Project): boolean {
  return entries.some(entry => entry === target.name || entry === target.layer)
}
