import { posix } from "node:path"
import { folderOf } from "../../../../src/detect/modules/modules.js"
import type { MainPackage } from "../../../../src/detect/packages/main-package.js"
import { listSome } from "../../../../src/list.js"
import { foundOption, type FoundOption } from "../found.js"
import type { KoReference } from "../manifests.js"
import type { KoLine } from "./lines.js"
import type { KoPrograms } from "./targets.js"

/** Which programs ko makes images of, as lines of the repository say it. */
export interface Shipped {
  paths: ReadonlySet<string>
  /** The first of these lines. */
  from: string
}

/**
 * Undefined where no line says it, or one names what cannot be known here.
 *
 * @param folder Of the project.
 */
export function shippedByKo(
  lines: readonly KoLine[],
  references: readonly KoReference[],
  mainPackages: readonly MainPackage[],
  folder: string,
): Shipped | undefined {
  const paths = new Set<string>()
  let from: string | undefined
  const add = (found: readonly MainPackage[], place: string) => {
    for (const { path } of found) paths.add(path)
    if (found.length > 0) from ??= place
  }
  for (const each of lines.filter(({ command }) => /^ko (?:build|publish|run)$/.test(command))) {
    const found = programsOf(each, mainPackages, folder)
    if (found === undefined) return undefined
    add(found, `${each.file}:${each.line}`)
  }
  for (const { file, line, importPath } of references) {
    add(
      mainPackages.filter((each) => each.importPath === importPath),
      `${file}:${line}`,
    )
  }
  return from === undefined ? undefined : { paths, from }
}

/** Undefined where they are in a variable of whoever runs it. */
function programsOf(
  { file, words }: KoLine,
  mainPackages: readonly MainPackage[],
  folder: string,
): MainPackage[] | undefined {
  const named = (word: string) =>
    mainPackages.filter(({ path, importPath }) => {
      const bare = word.replace(/^ko:\/\//, "")
      const places = [folder, folderOf(file)].map((each) => posix.join(each, bare))
      return isNamed(bare, importPath) || places.some((each) => isNamed(each, path))
    })
  const found = words.flatMap(named)
  if (found.length > 0) return found
  // The value of an option is no program, wherever it is from.
  const others = words.filter((word, i) => !word.startsWith("-") && !takesValue(words[i - 1]))
  if (others.some((word) => word.includes("$"))) return undefined
  return others.length === 0 ? named(".") : []
}

const switches =
  /^(?:-[BLP]|--(?:bare|base-import-paths|preserve-import-paths|local|push|tag-only|insecure-registry|debug))$/

function takesValue(option = ""): boolean {
  return option.startsWith("-") && !option.includes("=") && !switches.test(option)
}

function isNamed(word: string, program: string): boolean {
  const plain = (text: string) => text.replace(/^\.\//, "").replace(/\/$/, "") || "."
  if (!word.endsWith("...")) return plain(word) === plain(program)
  const start = plain(word.replace(/\/?\.\.\.$/, ""))
  return start === "." || plain(program) === start || plain(program).startsWith(`${start}/`)
}

/** ko's own pipeline in one line, and what takes its place. */
export function importKoLines(lines: readonly KoLine[], isOfSeveral: boolean): FoundOption[] {
  const [first] = lines
  if (!first) return []
  const { file, line, command, words } = first
  const value = [command, ...words].join(" ")
  const tag = isOfSeveral
    ? "--target all --tag 'REGISTRY/{{.Target}}:TAG'"
    : "--tag REGISTRY/NAME:TAG"
  const others = lines.slice(1).map((each) => `${each.file}:${each.line}`)
  const also = others.length === 0 ? "" : `; also ${listSome(others, 4)}`
  const meaning = `ko makes and pushes images there; here \`go-image . ${tag} --push\` does, or the pipeline that \`go-image ci\` prints${also}`
  return [{ ...foundOption("ko", "ko build", { file, line, value }), meaning }]
}

/** Which programs became targets, where that is a guess or leaves some out. */
export function importShipped(
  shipped: Shipped | undefined,
  { programs, left, only }: KoPrograms,
  place: { file: string; line: number },
): FoundOption[] {
  const row = { ...foundOption("ko", "programs", { ...place, value: "" }) }
  if (shipped && left.length > 0) {
    const meaning = `none is built of ${left.join(", ")}: no ko line names it, and ${shipped.from} names others`
    if (only === undefined) return [{ ...row, meaning }]
    return [
      { ...row, meaning, status: "setting", setting: "packages", writes: { packages: [only] } },
    ]
  }
  if (shipped || programs.length < 2) return []
  const meaning = `nothing here says which programs ko builds, so each has a target: delete those that are not shipped (${programs.map(({ path }) => path).join(", ")})`
  return [{ ...row, meaning }]
}
