import { UserError } from "../../errors.js"
import {
  goLine,
  parseGoDirectives,
  singleValue,
  toolchainLine,
  type Directive,
} from "./go-directives.js"
import type { Found } from "../../found.js"

/** What go.mod says, as far as a build depends on it. https://go.dev/ref/mod#go-mod-file */
export interface GoMod {
  module: Found<string>
  /** The `go` line, e.g. `1.25` or `1.25.3`. */
  go?: Found<string>
  /** The `toolchain` line, e.g. `go1.25.3`. */
  toolchain?: Found<string>
  requires: Requirement[]
  /** Folders that `replace` directives point to, relative to the module's root, as they are written. */
  localReplacements: LocalReplacement[]
  /** Modules in the place of others. */
  replacements?: Replacement[]
  /** Paths of modules of which some versions are left out. */
  excludes?: string[]
  /** Folders that patterns such as `./...` do not reach. */
  ignores?: Found<string>[]
  /** `// +heroku goVersion go1.25` */
  herokuGoVersion?: Found<string>
  /** `// +heroku install ./cmd/api ./cmd/worker` */
  herokuInstall?: Found<string[]>
}

export interface LocalReplacement extends Found<string> {
  /** Path of the module that the folder stands for. */
  module: string
}

export interface Replacement {
  module: string
  /** The one version that is replaced; undefined for all. */
  of?: string
  path: string
  version: string
}

export interface Requirement {
  path: string
  version: string
  line: number
  /** `// indirect`: needed by a dependency only. */
  indirect: boolean
}

const verbs = "module go toolchain godebug require exclude replace retract tool ignore".split(" ")

/** Reads go.mod; throws UserError with the line and a caret where Go would refuse it too. */
export function parseGoMod(text: string, file = "go.mod"): GoMod {
  const directives = parseGoDirectives(text, file, verbs)
  const module = singleValue(directives, "module")
  if (!module) {
    throw new UserError("no module line", {
      place: { file },
      hint: "A go.mod starts with the module's path, e.g. `module example.com/hello`. `go mod init example.com/hello` writes one.",
    })
  }
  return {
    module,
    go: goLine(directives),
    toolchain: toolchainLine(directives),
    requires: directives
      .filter(({ verb }) => verb === "require")
      .map((directive) => requirement(directive)),
    localReplacements: directives
      .filter(({ verb }) => verb === "replace")
      .flatMap((directive) => localReplacement(directive)),
    ...replacements(directives),
    ...excludes(directives),
    ...ignoredFolders(directives),
    ...herokuComments(text, file),
  }
}

function replacements(directives: readonly Directive[]): Pick<GoMod, "replacements"> {
  const found = directives
    .filter(({ verb }) => verb === "replace")
    .flatMap(({ args }): Replacement[] => {
      const arrow = args.indexOf("=>")
      const [module = "", of] = args.slice(0, arrow)
      const [path = "", version] = args.slice(arrow + 1)
      return version === undefined ? [] : [{ module, of, path, version }]
    })
  return found.length > 0 ? { replacements: found } : {}
}

function excludes(directives: readonly Directive[]): Pick<GoMod, "excludes"> {
  const found = directives.filter(({ verb }) => verb === "exclude").map(({ args }) => args[0] ?? "")
  return found.length > 0 ? { excludes: [...new Set(found)] } : {}
}

function ignoredFolders(directives: readonly Directive[]): Pick<GoMod, "ignores"> {
  const ignores = directives
    .filter(({ verb }) => verb === "ignore")
    .map((directive) => {
      const [value] = directive.args
      if (value === undefined || directive.args.length > 1) {
        throw directive.error("ignore takes one folder", "E.g. `ignore ./node_modules`.")
      }
      return { value, file: directive.file, line: directive.line }
    })
  return ignores.length > 0 ? { ignores } : {}
}

function requirement(directive: Directive): Requirement {
  const [path, version] = directive.args
  if (path === undefined || version === undefined || directive.args.length > 2) {
    throw directive.error(
      "require takes a module path and a version",
      "E.g. `require golang.org/x/text v0.21.0`.",
    )
  }
  return {
    path,
    version,
    line: directive.line,
    indirect: /^\/\/\s*indirect\b/.test(directive.comment),
  }
}

export function localReplacement(directive: Directive): LocalReplacement[] {
  const { args } = directive
  // `old => new` or `old v1.2.3 => new`, each with or without a version of the new one.
  const arrow = args[1] === "=>" ? 1 : 2
  const [module = "", target] = [args[0], args[arrow + 1]]
  if (args[arrow] !== "=>" || target === undefined || args.length > arrow + 3) {
    throw directive.error("replace takes `old => new`", "E.g. `replace example.com/lib => ./lib`.")
  }
  const isPath = target.startsWith("./") || target.startsWith("../") || target.startsWith("/")
  return isPath || target === "." || target === ".."
    ? [{ module, value: target, file: directive.file, line: directive.line }]
    : []
}

/** At blanks, but for those in quotes. */
function splitWords(text: string): string[] {
  return (text.match(/(?:'[^']*'|"[^"]*"|\S)+/g) ?? []).map((word) =>
    word.replace(/(['"])(.*?)\1/g, "$2"),
  )
}

/** The buildpack's comments count where they stand on a line of their own. https://devcenter.heroku.com/articles/go-support */
function herokuComments(
  text: string,
  file: string,
): Pick<GoMod, "herokuGoVersion" | "herokuInstall"> {
  const found: Pick<GoMod, "herokuGoVersion" | "herokuInstall"> = {}
  for (const [index, line] of text.split("\n").entries()) {
    const [, name, rest = ""] = /^\s*\/\/\s*\+heroku\s+(goVersion|install)\s(.*)$/s.exec(line) ?? []
    const value = rest.trim()
    if (!value) continue
    const place = { file, line: index + 1 }
    if (name === "goVersion") found.herokuGoVersion ??= { value, ...place }
    else found.herokuInstall ??= { value: splitWords(value), ...place }
  }
  return found
}

/** Undefined where there is none, or where it is not the one that is built: what is wrong with that is not said here. */
export function modulePathOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return parseGoMod(text, "go.mod").module.value
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
