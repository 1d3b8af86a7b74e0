import { ofAllScripts } from "../all-scripts.js"
import { readGoCode } from "../code/go-code.js"

/** What a variable is there to say. */
export type StampKind = "version" | "commit" | "shortCommit" | "date" | "tag" | "treeState"

/** A string variable that says what a program is of: by its name in the code, or because a Makefile has it set. */
export interface StampVariable {
  /** As the linker has it: `main.version`, `example.com/app/internal/version.Commit`. */
  symbol: string
  kind: StampKind
  file: string
  line: number
  /** The value that it has in the code, if one that somebody maintains there: it stays. */
  own?: string
}

/** In small letters, without what separates words. */
const kinds: Readonly<Record<StampKind, readonly string[]>> = {
  version: [
    "version",
    "appversion",
    "buildversion",
    "gitversion",
    "releaseversion",
    "programversion",
    "semver",
  ],
  commit: [
    ...["commit", "revision", "sha", "commithash", "commitsha", "commitid", "gitcommit", "gitsha"],
    ...[
      "githash",
      "gitrevision",
      "gitcommitsha",
      "gitcommithash",
      "buildcommit",
      "buildrevision",
      "gitrev",
    ],
  ],
  shortCommit: [
    "shortcommit",
    "commitshort",
    "shortsha",
    "gitshortcommit",
    "gitshortsha",
    "shorthash",
  ],
  date: [
    "date",
    "builddate",
    "buildtime",
    "buildtimestamp",
    "commitdate",
    "committime",
    "gitdate",
    "gitcommitdate",
  ],
  tag: ["tag", "gittag"],
  treeState: ["treestate", "gittreestate"],
}

const kindByName = new Map(
  Object.entries(kinds).flatMap(([kind, names]) =>
    names.map((name): [string, StampKind] => [name, kind as StampKind]),
  ),
)

/** `buildTime`, `BuildTime` and `build_time` are the same name. */
export function kindOfName(name: string): StampKind | undefined {
  return kindByName.get(name.toLowerCase().replace(/[_-]/g, ""))
}

/** Folders whose packages are there to say a version. */
export function isVersionFolder(folder: string): boolean {
  return /(?:^|\/)(?:versions?|versioninfo|buildinfo|buildversion)$/.test(folder)
}

/** What stands in code for a value that is not known there. */
const placeholder =
  /^(?:|\(?(?:dev|devel|develop|development|debug|local|snapshot|unknown|undefined|unset|unreleased|unversioned|none|null|empty|n\/?a|todo|tbd|head|main|master|latest|source|test|tip|not set|not provided|now|today)\)?|v?0\.0\.0(?:[-+].*)?|v?\d+\.\d+\.\d+-(?:dev|devel|snapshot)|0|dirty|clean|\?+|-+|x+|(?:1970|0001)-01-01.*|dev[ -]build|[$%<{].*)$/i

const variable = "[\\p{L}_][\\p{L}\\p{Nd}_]*"
/** One that the linker can set, too: what it begins with is a constant, perhaps. */
const ofConstant = ofAllScripts(
  `^(${variable})(?:\\s+string)?\\s*=\\s*${variable}(?:\\.${variable})?\\s*;?\\s*$`,
)
/** Names, a type, values: `version, commit = "dev", "none"`. */
const specification = ofAllScripts(
  `^(${variable}(?:\\s*,\\s*${variable})*)(?:\\s+string)?(?:\\s*=\\s*("\\d+"(?:\\s*,\\s*"\\d+")*))?\\s*;?\\s*$`,
)

/** The string variables of a file's package that the linker can set, by what their names say. */
export function findStampVariables(
  file: string,
  text: string,
  importPath: string,
): StampVariable[] {
  return stringVariables(text).flatMap(({ name, value, line }): StampVariable[] => {
    const kind = kindOfName(name)
    if (kind === undefined) return []
    const own = placeholder.test(value.trim()) ? {} : { own: value }
    return [{ symbol: `${importPath}.${name}`, kind, file, line, ...own }]
  })
}

/** With what they begin with. */
function stringVariables(text: string): { name: string; value: string; line: number }[] {
  const { text: code, strings } = readGoCode(text)
  return variableSpecifications(code).flatMap(({ specification: spec, line }) => {
    const [, names = "", values] = specification(spec).exec(spec) ?? []
    const isString = values !== undefined || /\sstring\s*;?\s*$/.test(spec)
    if (!isString) return []
    const initial = values?.match(/\d+/g)?.map((index) => strings[Number(index)] ?? "")
    return names
      .split(/\s*,\s*/)
      .map((name, index) => ({ name, value: initial?.[index] ?? "", line }))
  })
}

/** Whether a file's package has a variable that the linker can set: `Mode = "dev"`, `Mode = mode.Dev`, `Mode string`. */
export function hasVariable(text: string, name: string): boolean {
  if (stringVariables(text).some((each) => each.name === name)) return true
  return variableSpecifications(readGoCode(text).text).some(({ specification: spec }) => {
    const isOther = /=\s*(?:true|false|nil)\s*;?\s*$/.test(spec)
    return !isOther && ofConstant(spec).exec(spec)?.[1] === name
  })
}

/** Of `var` declarations of a package, not of functions: those are indented, as gofmt has it. */
function variableSpecifications(code: string): { specification: string; line: number }[] {
  const found: { specification: string; line: number }[] = []
  let isGroup = false
  for (const [index, line] of code.split("\n").entries()) {
    const text = line.trim()
    if (isGroup) {
      if (text.startsWith(")")) isGroup = false
      else found.push({ specification: text, line: index + 1 })
    } else if (/^var\s*\(\s*$/.test(line.trimEnd())) isGroup = true
    else if (/^var\s+[^(]/.test(line)) {
      found.push({ specification: text.slice("var".length).trim(), line: index + 1 })
    }
  }
  return found
}
