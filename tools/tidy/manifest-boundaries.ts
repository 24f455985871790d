/** Refuses dependencies in package.json and references in tsconfig.json that the layer table does not allow. */
import { layersAllowedFor, permissionFor, policyOf } from './layers.ts'
import { readProjects } from './projects.ts'
import type { Project } from './projects.ts'
import type { Violation } from './violation.ts'

export function checkManifestBoundaries(root: string): Violation[] {
  const projects = readProjects(root)
  return projects.flatMap(project => [
    ...checkDependencies(project, projects),
    ...checkReferences(project, projects)
  ])
}

function checkDependencies(project: Project, projects: readonly Project[]): Violation[] {
  const { dependencies, optionalDependencies, peerDependencies, devDependencies } = project.manifest
  const shipped = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
  const finding = { rule: 'layer-dependency', file: `${project.folder}/package.json`, line: 0 }
  const refused = [
    ...shipped.filter(name => !allows(project, targetOf(projects, name), 'shipped')),
    ...Object.keys(devDependencies ?? {}).filter(name => !allows(project, targetOf(projects, name), 'test')),
    ...shipped.filter(name => !(layersAllowedFor(name)?.includes(project.layer ?? '') ?? true))
  ]
  return refused.map(name => ({ ...finding, message: `${project.name} may not depend on ${name}` }))
}

function checkReferences(project: Project, projects: readonly Project[]): Violation[] {
  const finding = { rule: 'layer-reference', file: `${project.folder}/tsconfig.json`, line: 0 }
  return project.references
    .filter(folder => {
      const target = projects.find(it => it.folder === folder)
      return target === undefined || !allows(project, target, 'shipped')
    })
    .map(folder => ({ ...finding, message: `${project.name} may not refer to ${folder}` }))
}

function targetOf(projects: readonly Project[], name: string): Project | undefined {
  return projects.find(it => it.name === name)
}

/** True for packages from outside the workspace, and for projects without a policy: reported elsewhere. */
function allows(project: Project, target: Project | undefined, use: 'shipped' | 'test'): boolean {
  const policy = policyOf(project)
  if (!policy || !target) return true
  const permission = permissionFor(policy, target)
  return permission !== 'refused' && (use === 'test' || permission !== 'test-only')
}
