import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** The command of the npm package, packed and installed in an empty project below a folder, without a network. */
export async function installPackage(folder: string): Promise<string> {
  const { stdout } = await run("bash", ["script/package", join(folder, "dist")])
  const project = mkdtempSync(join(folder, "project-"))
  writeFileSync(join(project, "package.json"), "{}")
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", stdout.trim()], {
    cwd: project,
  })
  return join(project, "node_modules/.bin/go-image")
}

/** A Node.js of a major version, by npm; undefined where the registry has none or cannot be reached. */
export async function installNode(folder: string, major: number): Promise<string | undefined> {
  const name = `node-${process.platform}-${process.arch}`
  const project = join(folder, `node-${major}`)
  mkdirSync(project)
  writeFileSync(join(project, "package.json"), "{}")
  try {
    await run("npm", ["install", "--no-audit", "--no-fund", `${name}@${major}`], { cwd: project })
  } catch (error) {
    const { stderr } = error as { stderr: string }
    if (/E404|ETARGET|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(stderr)) return undefined
    throw error
  }
  return join(project, "node_modules", name, "bin/node")
}
