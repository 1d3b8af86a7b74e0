import { coverFiles } from "../patterns/cover.js"
import { inFolder, isInside, startOf } from "../modules/modules.js"
import { upwards } from "./node-version.js"
import type { PackageJson } from "./package-json.js"
import { lockfileNames } from "./package-manager.js"
import { literalPattern, matchPatterns } from "../../patterns/patterns.js"
import type { FrontendOutput } from "./output.js"

/** What of the source a front end is built from. */
export interface FrontendInputs {
  /** Where its lockfile is: its own folder, or that of the workspace that it is a member of. */
  root: string
  /** Folders of the workspace's other packages, and its own. */
  members: string[]
  /** Patterns of what is no part of it, relative to that folder. */
  exclude: string[]
  /** There is something to install. */
  installs: boolean
  /** Files that say what is installed; undefined where that takes all of them. */
  manifests?: string[]
  /** A file of the project that runs, or says what runs, while packages are installed. */
  installCode?: string
  /** Scripts of the package itself that belong to an installation. */
  lifecycle: string[]
  /** Packages that bun lets run their scripts. */
  trusted: string[]
  /** Variables for passwords that its settings name. */
  passwords: string[]
}

interface Read {
  files: readonly string[]
  contents: ReadonlyMap<string, string>
  packages: ReadonlyMap<string, PackageJson>
  packageJson: PackageJson
}

/** Nothing of Go, so that an edit of it is none of a front end's business; nothing that was installed or made before. */
const notFrontend = [
  "**/node_modules",
  ...["*.go", "go.mod", "go.sum", "go.work", "go.work.sum"].map((name) => `**/${name}`),
]

/** What people and other tools read, where a front end is at the root of a repository. */
const ofRepository = [
  ...["*.md", "LICENSE*", "Dockerfile*", ".dockerignore", "Makefile", "Procfile", "project.toml"],
  ...[".github", ".goreleaser.y*ml", ".golangci.*", "vendor", "bin/go-*-compile"],
]

const settingsFiles =
  /^(?:package\.json|\.npmrc|\.yarnrc|\.yarnrc\.yml|pnpm-workspace\.yaml|\.pnpmfile\.cjs|pnpmfile\.js|bunfig\.toml)$|^\.yarn\/(?:plugins|patches)\/|^patches\//

export function frontendInputs(
  folder: string,
  outputs: readonly FrontendOutput[],
  read: Read,
): FrontendInputs {
  const { files, contents, packages, packageJson } = read
  const here = new Set(files)
  const { root, members } = findRoot(folder, here, read)
  const rootJson = packages.get(inFolder(root, "package.json")) ?? packageJson
  const isOwn = (path: string) =>
    !path.includes("/") ||
    members.some((member) => isInside(path, member.slice(startOf(root).length)))
  const below = files
    .filter((file) => file.startsWith(startOf(root)))
    .map((file) => file.slice(startOf(root).length))
  const patterns = [
    ...notFrontend,
    ...(root === "" ? ofRepository : []),
    ...outputs
      .filter(({ isReplaced, path }) => isReplaced && isInside(path, root))
      .map(({ path }) => literalPattern(path.slice(startOf(root).length))),
  ]
  const isExcluded = matchPatterns(patterns)
  const left = below.filter((path) => !isExcluded(path))
  const covered = members.length > 0 ? left.filter((path) => !isOwn(path)) : []
  const others = members.length > 0 ? left.filter(isOwn) : []
  const manifests = [root, ...members].flatMap((each) =>
    files.filter((file) => {
      if (!file.startsWith(startOf(each))) return false
      const name = file.slice(startOf(each).length)
      return settingsFiles.test(name) || (each === root && lockfileNames.includes(name))
    }),
  )
  const all = [
    packageJson,
    rootJson,
    ...members.map((each) => packages.get(inFolder(each, "package.json"))),
  ]
  const needsAll = all.some((each) =>
    Object.values(each?.dependencies ?? {}).some((version) =>
      /^(?:file|link|portal):/.test(version),
    ),
  )
  const installCode = findInstallCode(root, files, contents)
  return {
    root,
    members,
    exclude: [...patterns, ...coverFiles({ covered, others, folders: [] })],
    installs:
      all.some((each) => Object.keys(each?.dependencies ?? {}).length > 0) || members.length > 0,
    ...(needsAll ? {} : { manifests: [...new Set(manifests)].sort() }),
    ...(installCode === undefined ? {} : { installCode }),
    lifecycle: ["preinstall", "install", "postinstall", "prepare"].filter(
      (name) => rootJson.scripts[name] !== undefined,
    ),
    trusted: rootJson.trustedDependencies.filter((name) =>
      /^(?:@[\w.~-]+\/)?[\w.~][\w.~-]*$/.test(name),
    ),
    passwords: findPasswords([root, folder], contents),
  }
}

/** The nearest workspace that says that this folder is a member, unless it has a lockfile of its own. */
function findRoot(
  folder: string,
  files: ReadonlySet<string>,
  { contents, packages }: Read,
): { root: string; members: string[] } {
  const folders = [...packages.keys()].map((file) => file.replace(/\/?package\.json$/, ""))
  const hasLock = lockfileNames.some((name) => files.has(inFolder(folder, name)))
  for (const root of upwards(folder)) {
    if (root !== folder && hasLock) break
    const patterns = workspacePatterns(root, contents, packages)
    if (patterns.length === 0) continue
    const isMember = matchWhole(patterns)
    const members = folders.filter(
      (each) => each !== root && isInside(each, root) && isMember(each.slice(startOf(root).length)),
    )
    if (root === folder || members.includes(folder)) return { root, members }
  }
  return { root: folder, members: [] }
}

/** A folder, and not what is below one that matches. */
function matchWhole(patterns: readonly string[]): (path: string) => boolean {
  const matches = matchPatterns(patterns)
  const tops = new Set(patterns.filter((each) => !each.includes("*")))
  return (path) => matches(path) && (tops.has(path) || patterns.some((each) => each.includes("*")))
}

function workspacePatterns(
  folder: string,
  contents: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, PackageJson>,
): string[] {
  const clean = (pattern: string) => pattern.replace(/^(!?)\.?\//, "$1").replace(/\/+$/, "")
  const ofPnpm = contents.get(inFolder(folder, "pnpm-workspace.yaml"))
  const found =
    ofPnpm === undefined
      ? (packages.get(inFolder(folder, "package.json"))?.workspaces ?? [])
      : yamlList(ofPnpm, "packages")
  return found.map(clean).filter((pattern) => pattern !== "" && pattern !== ".")
}

/** The items of a list at the top of a YAML file, each on a line of its own, or all in brackets. */
export function yamlList(text: string, key: string): string[] {
  const lines = text.split("\n")
  const start = lines.findIndex((line) => line.startsWith(`${key}:`))
  if (start < 0) return []
  const rest = (lines[start] ?? "").slice(key.length + 1).trim()
  const unquote = (item: string) => item.trim().replace(/^(["'])(.*?)\1.*$/s, "$2")
  if (rest.startsWith("[")) {
    return rest
      .replace(/^\[|\].*$/gs, "")
      .split(",")
      .map(unquote)
      .filter(Boolean)
  }
  const items: string[] = []
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue
    const [, item] = /^\s*-\s+(.+)$/.exec(line) ?? []
    if (item === undefined) break
    items.push(/^["']/.test(item) ? unquote(item) : item.replace(/\s+#.*$/s, "").trim())
  }
  return items
}

/** Settings of npm by which a project names a program that npm runs, or a file that it loads. */
const runningSettings =
  /^\s*(?:git|node-options|script-shell|shell|pnpmfile|global-pnpmfile|node-gyp|onload-script)\s*=/m

function findInstallCode(
  root: string,
  files: readonly string[],
  contents: ReadonlyMap<string, string>,
): string | undefined {
  const here = new Set(files)
  const at = (name: string) => inFolder(root, name)
  const says = (name: string, pattern: RegExp) => pattern.test(contents.get(at(name)) ?? "")
  const found = [".pnpmfile.cjs", "pnpmfile.js", ".pnpmfile.mjs"].find((name) => here.has(at(name)))
  if (found !== undefined) return at(found)
  if (says(".npmrc", runningSettings)) return at(".npmrc")
  if (says(".yarnrc.yml", /^plugins:/m)) return at(".yarnrc.yml")
  if (says("pnpm-workspace.yaml", /^(?:configDependencies|pnpmfile|scriptShell):/m)) {
    return at("pnpm-workspace.yaml")
  }
  return says("bunfig.toml", /preload|shell/) ? at("bunfig.toml") : undefined
}

/** `${NPM_TOKEN}` */
function findPasswords(
  folders: readonly string[],
  contents: ReadonlyMap<string, string>,
): string[] {
  const names = folders.flatMap((folder) =>
    [".npmrc", ".yarnrc.yml", "bunfig.toml"].flatMap((name) =>
      [...(contents.get(inFolder(folder, name)) ?? "").matchAll(/\$\{?([A-Z][A-Z0-9_]*)/g)].map(
        ([, variable = ""]) => variable,
      ),
    ),
  )
  return [...new Set(names)].filter((name) => /TOKEN|AUTH|PASS|SECRET|KEY|PAT$/.test(name)).sort()
}
