import { UserError } from "../../errors.js"
import { inFolder } from "../modules/modules.js"
import { lineOfKey, type PackageJson } from "./package-json.js"

export type ManagerName = "npm" | "pnpm" | "yarn" | "bun"

/** What installs a front end's dependencies, and runs its scripts. */
export interface PackageManager {
  name: ManagerName
  /** yarn from version 2 on has other commands. */
  isBerry?: true
  /** The package of npm's registry that has it; undefined for the npm that comes with Node.js. */
  package?: string
  /** Where its version comes from. */
  from: string
  /** Relative to the source's root. */
  lockfile?: string
}

const lockfiles: readonly (readonly [string, ManagerName])[] = [
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
]

export const lockfileNames = lockfiles.map(([name]) => name)

/** Those whose first lines say what wrote them. */
export const readLockfiles = ["pnpm-lock.yaml", "yarn.lock"]

/** @param folder The one with the lockfile. */
export function choosePackageManager(
  folder: string,
  {
    packageJson,
    files,
    contents,
  }: {
    packageJson: PackageJson
    files: ReadonlySet<string>
    contents: ReadonlyMap<string, string>
  },
): PackageManager {
  const file = inFolder(folder, "package.json")
  const here = lockfiles.filter(([name]) => files.has(inFolder(folder, name)))
  const named = nameOf(packageJson, file)
  const own = named ? here.filter(([, manager]) => manager === named.name) : here
  if (named && own.length === 0 && here[0]) {
    throw new UserError(`${named.from} says ${named.name}, but the lockfile is ${here[0][0]}`, {
      hint: `Write the lockfile of ${named.name}, or correct package.json.`,
    })
  }
  const others = new Set(own.map(([, manager]) => manager))
  if (others.size > 1) {
    const names = own.map(([name]) => name)
    throw new UserError(`lockfiles of ${others.size} package managers: ${names.join(", ")}`, {
      place: { file },
      hint: 'Remove those that are out of date, or name the right one: "packageManager": "pnpm@10.0.0" in package.json.',
    })
  }
  const lockfile = own[0] && inFolder(folder, own[0][0])
  const name = named?.name ?? own[0]?.[1] ?? "npm"
  const lock = lockfile === undefined ? "" : (contents.get(lockfile) ?? "")
  const version = named?.version ?? (name === "yarn" ? yarnOf(folder, contents) : undefined)
  const isBerry = name === "yarn" && isOfBerry(version, lock)
  const spec = packageOf(name, version, isBerry, lock)
  return {
    name,
    ...(isBerry ? { isBerry: true } : {}),
    ...(spec === undefined ? {} : { package: spec }),
    from: named?.from ?? lockfile ?? "default",
    ...(lockfile === undefined ? {} : { lockfile }),
  }
}

interface Named {
  name: ManagerName
  version?: string
  from: string
}

function nameOf({ packageManager, volta, text }: PackageJson, file: string): Named | undefined {
  const place = (key: string, after?: string) => `${file}:${lineOfKey(text, key, after)}`
  if (packageManager !== undefined) {
    const from = place("packageManager")
    const at = packageManager.indexOf("@")
    const name = at < 0 ? packageManager : packageManager.slice(0, at)
    const version = at < 0 ? undefined : packageManager.slice(at + 1)
    if (isName(name) && (version === undefined || isVersion(version))) {
      return { name, ...(version === undefined ? {} : { version }), from }
    }
    throw new UserError(`not a package manager: ${JSON.stringify(packageManager)}`, {
      place: { file, line: lineOfKey(text, "packageManager") },
      hint: "Expected npm, pnpm, yarn or bun with a version: pnpm@10.0.0",
    })
  }
  for (const name of ["pnpm", "yarn", "npm"] as const) {
    const version = volta[name]
    if (version !== undefined && isVersion(version)) {
      return { name, version, from: place(name, "volta") }
    }
  }
  return undefined
}

function isName(name: string): name is ManagerName {
  return ["npm", "pnpm", "yarn", "bun"].includes(name)
}

function isVersion(version: string): boolean {
  return /^\d+(?:\.\d+){0,2}(?:-[\w.]+)?$/.test(version)
}

/** `__metadata:` is what yarn writes since its second version. */
function isOfBerry(version: string | undefined, lock: string): boolean {
  return version === undefined
    ? /^__metadata:/m.test(lock)
    : !version.startsWith("1.") && version !== "1"
}

/** A release that a project keeps among its files, which is not run: the same one comes from npm's registry. */
function yarnOf(folder: string, contents: ReadonlyMap<string, string>): string | undefined {
  const text = contents.get(inFolder(folder, ".yarnrc.yml")) ?? ""
  return /^yarnPath:.*yarn-(\d+\.\d+\.\d+)\.c?js/m.exec(text)?.[1]
}

/** Where no version is named, the newest that reads such a lockfile. */
function packageOf(
  name: ManagerName,
  version: string | undefined,
  isBerry: boolean,
  lock: string,
): string | undefined {
  switch (name) {
    case "npm":
      return version === undefined ? undefined : `npm@${version}`
    case "pnpm":
      return `pnpm@${version ?? pnpmOf(lock)}`
    case "yarn":
      return isBerry ? `@yarnpkg/cli-dist@${version ?? "4"}` : `yarn@${version ?? "1"}`
    case "bun":
      return `bun@${version ?? "1"}`
  }
}

function pnpmOf(lock: string): string {
  const [, major = "9"] = /^lockfileVersion:\s*['"]?(\d+)/m.exec(lock) ?? []
  return { "5": "7", "6": "8" }[major] ?? "10"
}
