/**
 * Says whether what is installed is what package-lock.json asks for.
 *
 * npm writes node_modules/.package-lock.json after each install. It lacks the root entry, and the optional packages
 * of other platforms; all else must agree.
 */
export function isInstalled(wanted, installed) {
  if (!installed?.packages) return false
  const names = new Set([...Object.keys(wanted.packages), ...Object.keys(installed.packages)])
  names.delete('')
  return [...names].every(name => agrees(wanted.packages[name], installed.packages[name]))
}

function agrees(wanted, installed) {
  if (!wanted) return false
  if (!installed) return wanted.optional === true
  return identityOf(wanted) === identityOf(installed)
}

/** Integrity says it for packages from a registry; links and our own projects have versions and dependencies. */
function identityOf(entry) {
  const { version, integrity, link, dependencies } = entry
  return JSON.stringify([version, integrity, link, dependencies])
}
