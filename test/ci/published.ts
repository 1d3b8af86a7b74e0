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
  await npmCi(3)
}

/** Packages without programs: nothing of theirs is run. npm has been seen to wait for ever once all was downloaded. */
async function npmCi(attempts: number): Promise<void> {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
  try {
    await promisify(execFile)("npm", args, { cwd: folder, timeout: 120_000 })
  } catch (error) {
    if (attempts <= 1) throw error
    await npmCi(attempts - 1)
  }
}

function modified(file: string): number {
  return statSync(folder + file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
