import { lockFileName, parseLock } from "../lock/lock-file.js"
import { licenseFiles } from "./assets/license.js"
import { goreleaserFiles, koFiles } from "./project/build-configs.js"
import { parseGoVersionFile } from "./modules/go-version-file.js"
import { hookFiles, parseHook } from "./project/hooks.js"
import {
  miseFiles,
  parseDockerfileGo,
  parseMise,
  parseToolVersions,
  toolVersionsFile,
} from "./modules/tool-versions.js"
import { inFolder } from "./modules/modules.js"
import { parseProcfile } from "./project/procfile.js"
import type { Found, Notice } from "../found.js"

/** What is looked for in the source's root and in the folder of each module. */
export const wellKnownFiles = [
  "go.mod",
  "go.work",
  ".go-version",
  lockFileName,
  ...miseFiles,
  toolVersionsFile,
  "Dockerfile",
  "Procfile",
  "project.toml",
  ...licenseFiles,
  ...koFiles,
  ...goreleaserFiles,
  ...Object.values(hookFiles),
]

/** Where golangci-lint looks, in its order. */
export const lintConfigurations = ["yml", "yaml", "toml", "json"].map((kind) => `.golangci.${kind}`)

/** The first of the folders that has the file decides. */
export function nearest(
  name: string,
  folders: readonly string[],
  files: ReadonlySet<string>,
): string | undefined {
  return folders.map((folder) => inFolder(folder, name)).find((file) => files.has(file))
}

export function hook(file: string, contents: ReadonlyMap<string, string>) {
  const text = contents.get(file)
  return text === undefined ? undefined : parseHook(file, text)
}

type Contents = ReadonlyMap<string, string>

/** Of each file of a version manager that names a Go, the one that counts first. */
export function toolVersions(
  at: (name: string) => string | undefined,
  contents: Contents,
  notices: Notice[],
): Found<string>[] | undefined {
  const found: Found<string>[] = []
  for (const name of [...miseFiles, toolVersionsFile]) {
    const file = at(name)
    const text = file === undefined ? undefined : contents.get(file)
    if (file === undefined || text === undefined) continue
    const parse = name === toolVersionsFile ? parseToolVersions : parseMise
    // What is wrong with a file that does not count is of no interest.
    const version = parse(text, file, found.length > 0 ? [] : notices)
    if (version) found.push(version)
  }
  return found.length > 0 ? found : undefined
}

export function dockerfileGo(file: string | undefined, contents: Contents) {
  const text = file === undefined ? undefined : contents.get(file)
  return file === undefined || text === undefined ? undefined : parseDockerfileGo(text, file)
}

export function goVersionFile(file: string | undefined, contents: Contents, notices: Notice[]) {
  const text = file === undefined ? undefined : contents.get(file)
  if (file === undefined || text === undefined) return undefined
  const found = parseGoVersionFile(text, file)
  if (!found) notices.push({ file, message: "holds no version, skipped" })
  // goenv's word for the Go of the machine, of which there is none here.
  if (found?.value === "system") {
    notices.push({ file, line: found.line, message: "no version of Go, skipped: system" })
    return undefined
  }
  return found
}

export function lock(file: string | undefined, contents: Contents) {
  const text = file === undefined ? undefined : contents.get(file)
  return file === undefined || text === undefined ? undefined : parseLock(text, file)
}

export function procfile(file: string | undefined, contents: Contents, notices: Notice[]) {
  const text = file === undefined ? undefined : contents.get(file)
  if (file === undefined || text === undefined) return undefined
  const parsed = parseProcfile(text, file)
  notices.push(...parsed.notices)
  return parsed.procfile
}
