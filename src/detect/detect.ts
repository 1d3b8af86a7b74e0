import { UserError } from "../errors.js"
import { resolveSettings, type Given, type Settings } from "../settings/resolve.js"
import { parseLinkerValue } from "../settings/linker-value.js"
import { findSecrets, groupAssets } from "./assets.js"
import type { Facts } from "./facts.js"
import { limitNotices, type Notice } from "./found.js"
import { parseGoMod, type GoMod } from "./go-mod.js"
import { parseGoVersionFile } from "./go-version-file.js"
import { parseGoWork } from "./go-work.js"
import { readHerokuInstall } from "./heroku-install.js"
import { hookFiles, parseHook } from "./hooks.js"
import { detectLegacy, legacyFiles, type Legacy } from "./legacy.js"
import { checkLinkerSymbols } from "./linker-symbols.js"
import { findMainPackages, type MainPackage } from "./main-packages.js"
import { detectMigrate } from "./migrate.js"
import { parseProcfile } from "./procfile.js"
import {
  emptyDescriptor,
  parseProjectToml,
  type ProjectDescriptor,
} from "../settings/project-toml.js"
import { matchPatterns } from "./patterns.js"
import type { Source } from "./source.js"

const wellKnownFiles = [
  "go.mod",
  "go.work",
  ".go-version",
  "Procfile",
  "project.toml",
  ...Object.values(hookFiles),
  ...legacyFiles,
]

/** Where golangci-lint looks, in its order. */
const lintConfigurations = ["yml", "yaml", "toml", "json"].map((kind) => `.golangci.${kind}`)

/** What a project is, and what was asked of it. */
export interface Detected {
  facts: Facts
  settings: Settings
}

/** Looks at a project and says what it is; reads text, never runs code. Mostly two round trips to the source. */
export async function detect(source: Source, given: Given): Promise<Detected> {
  const survey = await source.survey()
  const here = new Set(survey.files)
  const wanted = [...wellKnownFiles.filter((file) => here.has(file)), ...survey.mainCandidates]
  const contents = await source.read(wanted)

  const descriptorText = contents.get("project.toml")
  const descriptor =
    descriptorText === undefined ? emptyDescriptor : parseProjectToml(descriptorText)
  const settings = resolveSettings(given, descriptor)
  const sourceExclude = toExclusions(descriptor)
  const isExcluded = matchPatterns(sourceExclude)
  const files = survey.files.filter((file) => !isExcluded(file))
  const mainCandidates = survey.mainCandidates.filter((file) => !isExcluded(file))

  const goModText = contents.get("go.mod")
  const legacy = goModText === undefined ? detectLegacy(files, contents) : undefined
  const goWorkText = contents.get("go.work")
  const notices: Notice[] = []
  const goMod = readGoMod(goModText, legacy, files)
  const install = readHerokuInstall(goMod)
  goMod.herokuInstall = install.packages
  settings.buildTags ??= install.buildTags
  notices.push(...install.notices)
  const target = { os: "linux", cgo: false, tags: settings.buildTags?.value ?? [] }
  const mainPackages = findMainPackages(ownFiles(mainCandidates, files), contents, target)
  notices.push(...(await checkSymbols(source, settings, goMod, mainPackages)))
  for (const file of findSecrets(files, settings).slice(0, 10)) {
    const message = "is in the image, and by its name may hold secrets: --drop leaves it out"
    notices.push({ file, message })
  }
  const vendored =
    legacy !== undefined || (here.has("vendor/modules.txt") && usesVendor(goMod, notices))
  checkReplacements(goMod, vendored)
  notices.push(...cgoNotices(goMod))
  const facts: Facts = {
    goMod,
    legacy,
    goWork: goWorkText === undefined ? undefined : parseGoWork(goWorkText),
    hasGoSum: here.has("go.sum"),
    vendored,
    goVersionFile: goVersionFile(contents.get(".go-version"), notices),
    procfile: procfile(contents.get("Procfile"), notices),
    mainPackages,
    rootFolders: rootFolders(files),
    sourceExclude,
    assets: groupAssets(files, settings),
    hooks: {
      preCompile: hook(hookFiles.preCompile, contents),
      postCompile: hook(hookFiles.postCompile, contents),
    },
    migrate: await detectMigrate(source, goMod),
    lintConfiguration: lintConfigurations.find((file) => files.includes(file)),
    notices: limitNotices(notices),
  }
  return { facts, settings }
}

function readGoMod(
  text: string | undefined,
  legacy: Legacy | undefined,
  files: readonly string[],
): GoMod {
  if (text !== undefined) return parseGoMod(text)
  if (!legacy) throw noGoMod(files)
  const { importPath, goVersion, packages } = legacy
  return {
    module: importPath,
    go: goVersion,
    herokuInstall: packages,
    requires: [],
    localReplacements: [],
  }
}

/** All but what is included, or what is excluded: patterns of the project descriptor are those of .gitignore. */
function toExclusions({ include, exclude }: ProjectDescriptor): string[] {
  if (include) return ["**", ...include.map((pattern) => `!${anywhere(pattern)}`)]
  return (exclude ?? []).map(anywhere)
}

/** A pattern without a slash matches in every folder. */
function anywhere(pattern: string): string {
  const exception = pattern.startsWith("!") ? "!" : ""
  const rest = pattern.slice(exception.length)
  return exception + (rest.replace(/\/$/, "").includes("/") ? rest : `**/${rest}`)
}

/** Without those of modules in folders further down, which a build of this module cannot see. */
function ownFiles(candidates: readonly string[], files: readonly string[]): string[] {
  const nested = files
    .filter((file) => file.endsWith("/go.mod"))
    .map((file) => file.slice(0, -"go.mod".length))
  return candidates.filter((file) => !nested.some((folder) => file.startsWith(folder)))
}

/** The go command passes over the vendor/ of a module of Go 1.13 and older, which often is not up to date. */
function usesVendor({ go }: GoMod, notices: Notice[]): boolean {
  const [, minor] = /^1\.(\d+)/.exec(go?.value ?? "") ?? []
  if (go === undefined || minor === undefined || Number(minor) >= 14) return true
  const message = `vendor/ is not used, as the go command does for Go ${go.value}; from 1.14 on it is`
  notices.push({ file: go.file, line: go.line, message })
  return false
}

/** Modules outside of the source folder are not there when it is built, unless they are in vendor/. */
function checkReplacements({ localReplacements, requires }: GoMod, vendored: boolean): void {
  const outside = localReplacements.find(
    ({ module, value }) =>
      /^(?:\.\.(?:\/|$)|\/)/.test(value) && requires.some(({ path }) => path === module),
  )
  if (!outside || vendored) return
  const { value, file, line } = outside
  throw new UserError(`a module outside of the source folder: ${value}`, {
    place: { file, line },
    hint: "`go mod vendor` brings it into the project; or make it a folder of the project.",
  })
}

/** Modules that compile without cgo and then do not work. */
function cgoNotices({ requires }: GoMod): Notice[] {
  const sqlite = requires.find(({ path }) => path === "github.com/mattn/go-sqlite3")
  if (!sqlite) return []
  const message =
    "go-sqlite3 needs cgo, and programs are built without it: it fails at run time. modernc.org/sqlite does not need it"
  return [{ file: "go.mod", line: sqlite.line, message }]
}

function hook(file: string, contents: ReadonlyMap<string, string>) {
  const text = contents.get(file)
  return text === undefined ? undefined : parseHook(file, text)
}

function checkSymbols(
  source: Source,
  { linkerValues }: Settings,
  { module }: GoMod,
  mainPackages: readonly MainPackage[],
): Promise<Notice[]> {
  const symbols = (linkerValues?.value ?? []).map(
    (text) => parseLinkerValue(text, linkerValues?.from ?? "").symbol,
  )
  const folders = mainPackages.map(({ path }) => path.replace(/^\.\/?/, ""))
  return checkLinkerSymbols(source, symbols, module.value, folders)
}

function goVersionFile(text: string | undefined, notices: Notice[]) {
  if (text === undefined) return undefined
  const found = parseGoVersionFile(text)
  if (!found) notices.push({ file: ".go-version", message: "holds no version, passed over" })
  return found
}

function procfile(text: string | undefined, notices: Notice[]) {
  if (text === undefined) return undefined
  const parsed = parseProcfile(text)
  notices.push(...parsed.notices)
  return parsed.procfile
}

function rootFolders(files: readonly string[]): string[] {
  const folders = files
    .filter((file) => file.includes("/"))
    .map((file) => file.slice(0, file.indexOf("/")))
  return [...new Set(folders)].sort()
}

function noGoMod(files: readonly string[]): UserError {
  if (files.length === 0) {
    return new UserError("the source folder is empty", {
      hint: "Give the folder that has the project's go.mod.",
    })
  }
  const nested = files.filter((file) => file.endsWith("/go.mod") && !file.startsWith("vendor/"))
  if (nested.length > 0) {
    return new UserError("no go.mod at the root of the source folder", {
      hint: `There is one further down; give its folder as the source: ${nested
        .slice(0, 5)
        .map((file) => file.slice(0, -"/go.mod".length))
        .join(", ")}${nested.length > 5 ? ", …" : ""}`,
    })
  }
  return files.some((file) => file.endsWith(".go"))
    ? new UserError("Go files, but no go.mod", {
        hint: "`go mod init example.com/hello && go mod tidy` writes one.",
      })
    : new UserError("no go.mod, and no Go files", {
        hint: "Give the folder that has the project's go.mod.",
      })
}
