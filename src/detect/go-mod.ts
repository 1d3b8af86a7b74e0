import { UserError } from "../errors.js"
import { parseGoDirectives, type Directive } from "./go-directives.js"
import type { Found } from "./found.js"

/** What go.mod says, as far as a build depends on it. https://go.dev/ref/mod#go-mod-file */
export interface GoMod {
  module: Found<string>
  /** The `go` line, e.g. `1.25` or `1.25.3`. */
  go?: Found<string>
  /** The `toolchain` line, e.g. `go1.25.3`. */
  toolchain?: Found<string>
  requires: Requirement[]
  /** Folders that `replace` directives point to, relative to the module's root. */
  localReplacements: Found<string>[]
  /** `// +heroku goVersion go1.25` */
  herokuGoVersion?: Found<string>
  /** `// +heroku install ./cmd/api ./cmd/worker` */
  herokuInstall?: Found<string[]>
}

export interface Requirement {
  path: string
  version: string
  line: number
  /** `// indirect`: needed by a dependency only. */
  indirect: boolean
}

// https://go.dev/ref/mod#go-mod-file-go, golang.org/x/mod/modfile.GoVersionRE
const goVersionPattern = /^([1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?([a-z]+\d+)?$/
const toolchainPattern = /^default$|^go\d+(\.\d+)*([a-z]+\d+)?(-.+)?$/

const knownDirectives = new Set(
  "module go toolchain godebug require exclude replace retract tool ignore".split(" "),
)

/** Reads go.mod; throws UserError with the line and a caret where Go would refuse it too. */
export function parseGoMod(text: string, file = "go.mod"): GoMod {
  const directives = parseGoDirectives(text, file)
  for (const directive of directives) {
    if (!knownDirectives.has(directive.verb)) {
      throw directive.error(
        `unknown directive ${JSON.stringify(directive.verb)}`,
        `A go.mod has: ${[...knownDirectives].join(", ")}.`,
      )
    }
  }
  const module = single(directives, "module")
  if (!module) {
    throw new UserError("no module line", {
      place: { file },
      hint: "A go.mod starts with the module's path, e.g. `module example.com/hello`. `go mod init example.com/hello` writes one.",
    })
  }
  return {
    module,
    go: version(directives, "go", goVersionPattern, "1.25 or 1.25.3"),
    toolchain: version(directives, "toolchain", toolchainPattern, "go1.25.3"),
    requires: directives
      .filter(({ verb }) => verb === "require")
      .map((directive) => requirement(directive)),
    localReplacements: directives
      .filter(({ verb }) => verb === "replace")
      .flatMap((directive) => localReplacement(directive)),
    ...herokuComments(text, file),
  }
}

function single(directives: Directive[], verb: string): Found<string> | undefined {
  const [first, second] = directives.filter((directive) => directive.verb === verb)
  if (second)
    throw second.error(
      `a second ${verb} line`,
      `Keep one of lines ${first?.line} and ${second.line}.`,
    )
  if (!first) return undefined
  const [value] = first.args
  if (value === undefined || first.args.length > 1) {
    throw first.error(`${verb} takes one argument, found ${first.args.length}`)
  }
  return { value, file: first.file, line: first.line }
}

function version(
  directives: Directive[],
  verb: string,
  pattern: RegExp,
  example: string,
): Found<string> | undefined {
  const found = single(directives, verb)
  if (found && !pattern.test(found.value)) {
    const directive = directives.find((each) => each.verb === verb)
    throw (directive as Directive).error(
      `invalid ${verb} version ${JSON.stringify(found.value)}`,
      `Write it like ${example}.`,
      0,
    )
  }
  return found
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

function localReplacement(directive: Directive): Found<string>[] {
  const arrow = directive.args.indexOf("=>")
  const target = directive.args[arrow + 1]
  if (arrow < 1 || target === undefined) {
    throw directive.error("replace takes `old => new`", "E.g. `replace example.com/lib => ./lib`.")
  }
  const isPath = target.startsWith("./") || target.startsWith("../") || target.startsWith("/")
  return isPath || target === "." || target === ".."
    ? [{ value: target, file: directive.file, line: directive.line }]
    : []
}

/** The buildpack's comments count where they stand on a line of their own. https://devcenter.heroku.com/articles/go-support */
function herokuComments(
  text: string,
  file: string,
): Pick<GoMod, "herokuGoVersion" | "herokuInstall"> {
  const found: Pick<GoMod, "herokuGoVersion" | "herokuInstall"> = {}
  for (const [index, line] of text.split("\n").entries()) {
    const match = /^\s*\/\/\s*\+heroku\s+(goVersion|install)\s+(.*?)\s*$/.exec(line)
    if (!match) continue
    const [, name, value = ""] = match
    const place = { file, line: index + 1 }
    if (name === "goVersion") found.herokuGoVersion ??= { value, ...place }
    else found.herokuInstall ??= { value: value.split(/\s+/), ...place }
  }
  return found
}
