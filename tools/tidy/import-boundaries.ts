/** Refuses imports that the layer table does not allow: static, type-only, dynamic, re-exported, in src and in tests. */
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { isCode, listFiles } from './files.ts'
import { layersAllowedFor, permissionFor, policyOf } from './layers.ts'
import type { Policy } from './layers.ts'
import { readManifest, readProjects } from './projects.ts'
import type { Project } from './projects.ts'
import { importsOf, readSource } from './source.ts'
import type { ImportUse } from './source.ts'
import type { Violation } from './violation.ts'

interface Scope {
  readonly project: Project
  readonly policy: Policy
  readonly projects: readonly Project[]
  readonly file: string
  readonly inTest: boolean
  readonly declared: ReadonlySet<string>
}

interface Finding {
  readonly rule: string
  readonly message: string
}

export function checkImportBoundaries(root: string): Violation[] {
  const projects = readProjects(root)
  const testPackages = Object.keys(readManifest(root, '').devDependencies ?? {})
  return projects.flatMap(project => {
    const policy = policyOf(project)
    if (!policy) return [missingLayer(project)]
    return ['src', 'bin', 'test'].flatMap(part => {
      const inTest = part === 'test'
      const declared = new Set([...declaredBy(project, inTest), ...(inTest ? testPackages : [])])
      return listFiles(root, `${project.folder}/${part}`)
        .filter(isCode)
        .flatMap(file => checkFile(root, { project, policy, projects, file, inTest, declared }))
    })
  })
}

function checkFile(root: string, scope: Scope): Violation[] {
  return importsOf(readSource(root, scope.file)).flatMap(use => {
    const finding = checkImport(scope, use)
    return finding ? [{ ...finding, file: scope.file, line: use.line }] : []
  })
}

function checkImport(scope: Scope, use: ImportUse): Finding | undefined {
  if (isBuiltin(use.specifier)) return undefined // the purity check's business
  if (use.specifier.startsWith('.')) return checkRelative(scope, use.specifier)
  const name = packageOf(use.specifier)
  const target = scope.projects.find(it => it.name === name)
  return (target ? checkLayer(scope, use, target) : checkExternal(scope, name)) ?? checkDeclared(scope, name)
}

function checkRelative({ project, file }: Scope, specifier: string): Finding | undefined {
  const resolved = posix.join(posix.dirname(file), specifier)
  if (resolved.startsWith(`${project.folder}/`)) return undefined
  return { rule: 'relative-escape', message: `'${specifier}' leaves ${project.folder}; import the package` }
}

function checkLayer(
  { project, policy, inTest }: Scope,
  use: ImportUse,
  target: Project
): Finding | undefined {
  const permission = permissionFor(policy, target)
  if (permission === 'allowed' || target === project) return undefined
  if (inTest && permission !== 'refused') return undefined
  if (permission === 'lazy-only') {
    if (use.kind === 'dynamic') return undefined
    return { rule: 'lazy-import', message: `${target.name} may only be loaded with a dynamic import()` }
  }
  return {
    rule: 'layer-import',
    message: `${project.name} (${project.layer}) may not import ${target.name} (${target.layer})`
  }
}

function checkExternal({ project }: Scope, name: string): Finding | undefined {
  const allowed = layersAllowedFor(name)
  if (!allowed || allowed.includes(project.layer ?? '')) return undefined
  return { rule: 'restricted-package', message: `${name} may only be used in: ${allowed.join(', ')}` }
}

function checkDeclared({ project, declared }: Scope, name: string): Finding | undefined {
  if (declared.has(name) || name === project.name) return undefined
  return { rule: 'undeclared-package', message: `${name} is not in ${project.folder}/package.json` }
}

function declaredBy({ manifest }: Project, inTest: boolean): string[] {
  const { dependencies, optionalDependencies, peerDependencies, devDependencies } = manifest
  const forTests = inTest ? devDependencies : {}
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies, ...forTests })
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

function missingLayer(project: Project): Violation {
  const message = `no known layer tag (found: ${project.layer ?? 'none'}); see tools/tidy/layers.json`
  return { rule: 'layer-tag', file: `${project.folder}/package.json`, line: 0, message }
}
