import { execFile } from "node:child_process"
import { statSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const folder = fileURLToPath(new URL("published/", import.meta.url))

/** Path of a file of the packages in published/. */
export function published(file: string): string {
  return `${folder}node_modules/${file}`
}

/**
 * Installs those packages, before any test of the checks. They are not among the checkout's own: everybody who builds an
 * image from a bare clone would wait for them.
 */
export default async function install(): Promise<void> {
  // npm writes the first of these last.
  const installed = modified("node_modules/.package-lock.json")
  if (installed > modified("package-lock.json")) return
  console.log("installing schemas of CI providers (once)")
  await promisify(execFile)("npm", ["ci"], { cwd: folder })
}

function modified(file: string): number {
  return statSync(folder + file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
