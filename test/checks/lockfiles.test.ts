import { readFileSync } from "node:fs"
import { parseConfigFileTextToJson } from "typescript"
import { expect, test } from "vitest"

/*
 * The Dagger engine runs the module on Bun, which reads bun.lock; all else runs on Node.js and npm. After a change of
 * package-lock.json: rm bun.lock && npx bun@1.3.0 install --lockfile-only
 */

interface PackageJson {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

interface PackageLock {
  packages: Record<string, { version: string; integrity: string }>
}

interface BunLock {
  workspaces: { "": PackageJson }
  packages: Record<
    string,
    [
      name: string,
      registry: string,
      about: { dependencies?: Record<string, string> },
      integrity: string,
    ]
  >
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as PackageJson
const npm = JSON.parse(readFileSync("package-lock.json", "utf8")) as PackageLock
const bun = parseConfigFileTextToJson("bun.lock", readFileSync("bun.lock", "utf8"))
  .config as BunLock

test("bun.lock is for this package.json", () => {
  const { dependencies, devDependencies } = bun.workspaces[""]
  expect(dependencies).toEqual(manifest.dependencies)
  expect(devDependencies).toEqual(manifest.devDependencies)
})

test.each(installed(Object.keys(manifest.dependencies)))(
  "%s is the same for Bun and for npm",
  (name) => {
    const { version, integrity } = npm.packages[`node_modules/${name}`]!
    const [locked, , , digest] = bun.packages[name]!
    expect([locked, digest]).toEqual([`${name}@${version}`, integrity])
  },
)

/** With what these need. */
function installed(names: readonly string[]): string[] {
  const found = new Set(names)
  // A set has those that are added while it is read, too.
  for (const name of found) {
    for (const needed of Object.keys(bun.packages[name]?.[2].dependencies ?? {})) found.add(needed)
  }
  return [...found]
}

test("`dagger develop` is not shown npm's, which it would remove as a stranger", () => {
  const { include } = JSON.parse(readFileSync("dagger.json", "utf8")) as { include: string[] }
  expect(include).toContain("!package-lock.json")
})
