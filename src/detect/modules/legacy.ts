import { parse } from "toml"
import { UserError } from "../../errors.js"
import type { Found } from "../../found.js"

/**
 * A project from before modules, with its dependencies in its tree: the go command still builds it in GOPATH mode.
 * https://pkg.go.dev/cmd/go#hdr-GOPATH_environment_variable
 */
export interface Legacy {
  tool: string
  /** What the project is imported as: its place below GOPATH/src. */
  importPath: Found<string>
  /** Godeps' own workspace is a second GOPATH. */
  workspace?: string
  goVersion?: Found<string>
  /** Packages to build, as the tool's file says. */
  packages?: Found<string[]>
}

interface Manifest {
  importPath?: Found<string>
  goVersion?: Found<string>
  packages?: Found<string[]>
  /** Pinned dependencies, for moving them to go.mod. */
  pins: string[]
}

const readers = {
  "Godeps/Godeps.json": { tool: "Godeps", read: readGodeps },
  "glide.yaml": { tool: "glide", read: readGlide },
  "Gopkg.toml": { tool: "dep", read: readDep },
}

export const legacyFiles = [...Object.keys(readers), "glide.lock"]

/** Undefined where none of the tools' files is there; an error with the way to go.mod where it cannot be built. */
export function detectLegacy(
  files: readonly string[],
  contents: ReadonlyMap<string, string>,
): Legacy | undefined {
  for (const [file, { tool, read }] of Object.entries(readers)) {
    const text = contents.get(file)
    if (text === undefined) continue
    const { importPath, goVersion, packages, pins } = read(text, file, contents)
    const workspace = files.some((each) => each.startsWith("Godeps/_workspace/src/"))
    const vendored = workspace || files.some((each) => /^vendor\/.*\.go$/.test(each))
    if (importPath) checkImportPath(importPath)
    else {
      throw new UserError(`a ${tool} project without an import path`, {
        place: { file },
        hint: migration(undefined, pins),
      })
    }
    if (!vendored && pins.length > 0) {
      throw new UserError(
        `the dependencies are neither in go.mod nor in vendor/, and ${tool} can no longer download them`,
        {
          place: { file },
          hint: migration(importPath.value, pins),
        },
      )
    }
    return {
      tool,
      importPath,
      goVersion,
      packages,
      workspace: workspace ? "Godeps/_workspace" : undefined,
    }
  }
  return undefined
}

/** As golang.org/x/mod/module.CheckImportPath has it: what the go command refuses, and what is a folder's name in the build. */
function checkImportPath({ value, file, line }: Found<string>): void {
  const isElement = (element: string) =>
    /^[A-Za-z0-9._~+-]+$/.test(element) && !element.endsWith(".")
  if (value.split("/").every(isElement) && !value.startsWith("-")) return
  throw new UserError(`not an import path: ${JSON.stringify(value)}`, {
    place: { file, line },
    hint: "An import path has letters, digits and . _ ~ + - between slashes, e.g. github.com/acme/shop.",
  })
}

function migration(importPath: string | undefined, pins: readonly string[]): string {
  return [
    "Move it to modules, in the project's folder:",
    `  go mod init ${importPath ?? "example.com/app   # its import path"}`,
    ...(pins.length > 0 ? [`  go get ${pins.join(" ")}`] : []),
    "  go mod tidy",
  ].join("\n")
}

/** https://github.com/tools/godep#file-format */
function readGodeps(text: string, file: string): Manifest {
  let manifest: { ImportPath?: unknown; GoVersion?: unknown; Packages?: unknown; Deps?: unknown }
  try {
    manifest = JSON.parse(text.replace(/^\uFEFF/, "")) as typeof manifest
  } catch (error) {
    throw new UserError(`not JSON: ${(error as Error).message}`, { place: { file } })
  }
  const place = (key: string) => ({ file, line: lineOf(text, `"${key}"`) })
  const { ImportPath, GoVersion, Packages, Deps } = manifest
  const deps = (Array.isArray(Deps) ? Deps : []) as { ImportPath?: unknown; Rev?: unknown }[]
  const packages = (Array.isArray(Packages) ? Packages : []).filter(
    (each) => typeof each === "string",
  )
  return {
    importPath:
      typeof ImportPath === "string" && ImportPath
        ? { value: ImportPath, ...place("ImportPath") }
        : undefined,
    goVersion:
      typeof GoVersion === "string"
        ? { value: GoVersion.replace(/^go/, ""), ...place("GoVersion") }
        : undefined,
    packages: packages.length > 0 ? { value: packages, ...place("Packages") } : undefined,
    pins: deps.flatMap((dep) =>
      typeof dep.ImportPath === "string" && typeof dep.Rev === "string"
        ? [`${dep.ImportPath}@${dep.Rev}`]
        : [],
    ),
  }
}

/** https://glide.readthedocs.io/en/latest/glide.yaml/; two keys of its YAML are all that matters here. */
function readGlide(text: string, file: string, contents: ReadonlyMap<string, string>): Manifest {
  const [, importPath] = /^package:\s*["']?([^\s"'#]+)/m.exec(text) ?? []
  const lock = contents.get("glide.lock") ?? ""
  const locked = [...lock.matchAll(/^- name:\s*(\S+)\s*\n\s+version:\s*(\S+)/gm)]
  const imported = [...text.matchAll(/^\s*- package:\s*(\S+)/gm)]
  return {
    importPath:
      importPath === undefined
        ? undefined
        : { value: importPath, file, line: lineOf(text, "package:") },
    pins:
      locked.length > 0
        ? locked.map(([, name, version]) => `${name}@${version}`)
        : imported.map(([, name]) => name ?? ""),
  }
}

/** dep does not write down the project's own path; Heroku's metadata does. https://devcenter.heroku.com/articles/go-dependencies-via-dep */
function readDep(text: string, file: string): Manifest {
  let document: {
    metadata?: { heroku?: Record<string, unknown> }
    constraint?: { name?: string }[]
  }
  try {
    document = parse(text) as typeof document
  } catch (error) {
    throw new UserError(`not TOML: ${(error as Error).message}`, { place: { file } })
  }
  const heroku = document.metadata?.heroku ?? {}
  const { "root-package": root, "go-version": version, install } = heroku
  const place = (key: string) => ({ file, line: lineOf(text, key) })
  return {
    importPath: typeof root === "string" ? { value: root, ...place("root-package") } : undefined,
    goVersion:
      typeof version === "string"
        ? { value: version.replace(/^go/, ""), ...place("go-version") }
        : undefined,
    packages: Array.isArray(install)
      ? { value: install.map(String), ...place("install") }
      : undefined,
    pins: (document.constraint ?? []).flatMap(({ name }) => (name === undefined ? [] : [name])),
  }
}

function lineOf(text: string, word: string): number {
  return text.slice(0, Math.max(text.indexOf(word), 0)).split("\n").length
}
