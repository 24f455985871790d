/** Reads the projects of the workspace: their manifest, their layer tag and their TypeScript references. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

type Dependencies = Readonly<Record<string, string>>

export interface Manifest {
  readonly name: string
  readonly dependencies?: Dependencies
  readonly devDependencies?: Dependencies
  readonly optionalDependencies?: Dependencies
  readonly peerDependencies?: Dependencies
  readonly nx?: { readonly tags?: readonly string[] }
}

export interface Project {
  readonly name: string
  /** Relative to the root, such as `libs/core`. */
  readonly folder: string
  /** From the tag `layer:<name>`; undefined when the tag is missing. */
  readonly layer: string | undefined
  readonly manifest: Manifest
  /** Folders of the projects that tsconfig.json refers to, relative to the root. */
  readonly references: readonly string[]
}

export function readProjects(root: string): Project[] {
  return ['apps', 'libs'].flatMap(group => foldersOf(root, group).map(folder => readProject(root, folder)))
}

export function readManifest(root: string, folder: string): Manifest {
  return readJson(join(root, folder, 'package.json')) as Manifest
}

function foldersOf(root: string, group: string): string[] {
  if (!existsSync(join(root, group))) return []
  const names = readdirSync(join(root, group)).toSorted()
  return names.map(name => `${group}/${name}`).filter(it => existsSync(join(root, it, 'package.json')))
}

function readProject(root: string, folder: string): Project {
  const manifest = readManifest(root, folder)
  const tag = manifest.nx?.tags?.find(it => it.startsWith('layer:'))
  return {
    name: manifest.name,
    folder,
    layer: tag?.slice('layer:'.length),
    manifest,
    references: readReferences(root, folder)
  }
}

function readReferences(root: string, folder: string): string[] {
  const file = join(root, folder, 'tsconfig.json')
  if (!existsSync(file)) return []
  const { references = [] } = readJson(file) as { references?: readonly { path: string }[] }
  return references.map(it => posix.join(folder, it.path))
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
