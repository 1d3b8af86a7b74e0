import { isDeepStrictEqual } from "node:util"
import type { BuildInfo } from "../../../src/sbom/programs/build-info.js"
import type { Contents, FileSummary } from "../../image/contents/contents.js"
import type { Program } from "../../image/contents/layer-contents.js"
import { countFiles, formatBytes } from "../../terminal/format-bytes.js"
import { moduleText, section } from "./print.js"

/** One thing that two images do not have in common. */
export interface Change {
  /** `image`, `configuration`, `label`, `layer`, `file`, `program`, `module`, `setting`, `package`. */
  kind: string
  name: string
  /** Undefined where only the other one has it. */
  before?: string
  after?: string
}

/** All that differs, from the whole to its parts; nothing where the images are the same. */
export function compare(before: Contents, after: Contents): Change[] {
  if (before.digest === after.digest) return []
  return [
    ...changes("image", facts(before), facts(after)),
    ...changes("configuration", flat(before.run), flat(after.run)),
    ...changes("label", before.labels, after.labels),
    ...changes("annotation", before.annotations, after.annotations),
    ...changes("layer", layers(before), layers(after)),
    ...changes("file", files(before), files(after)),
    ...pairPrograms(before, after).flatMap(([a, b]) => comparePrograms(a, b)),
  ]
}

function facts({ digest, platform, created = "", size }: Contents): Record<string, string> {
  return { digest, platform, created, size: `${size} bytes` }
}

/** What Labels has is told by itself. */
function flat(run: Contents["run"]): Record<string, string> {
  const entries = Object.entries(run).filter(([name]) => name !== "Labels")
  return Object.fromEntries(entries.map(([name, value]) => [name, JSON.stringify(value)]))
}

function layers({ layers }: Contents): Record<string, string> {
  return Object.fromEntries(
    layers.map(({ digest, size, files }, index) => [
      String(index + 1),
      `${digest} (${formatBytes(size)}, ${countFiles(files)})`,
    ]),
  )
}

function files({ files }: Contents): Record<string, string> {
  return Object.fromEntries([...files].map(([path, file]) => [path, fileText(file)]))
}

function fileText({ type, mode, owner, size, linkTarget, sum }: FileSummary): string {
  const content = type === "file" ? `${size} bytes, ${sum ?? "not read"}` : (linkTarget ?? "")
  return [type, mode, owner, content].filter(Boolean).join(" ")
}

function pairPrograms(before: Contents, after: Contents): [Program?, Program?][] {
  const files = [...before.programs, ...after.programs].map(({ file }) => file)
  const find = ({ programs }: Contents, wanted: string) =>
    programs.find(({ file }) => file === wanted)
  return [...new Set(files)].map((file) => [find(before, file), find(after, file)])
}

function comparePrograms(before: Program | undefined, after: Program | undefined): Change[] {
  if (!before || !after) {
    const { file = "", size = 0 } = before ?? after ?? {}
    return [{ kind: "program", name: file, [before ? "before" : "after"]: formatBytes(size) }]
  }
  const of = ({ goVersion, path = "", main, size }: Program) => ({
    Go: goVersion,
    package: path,
    module: main ? moduleText(main) : "",
    size: `${size} bytes`,
  })
  return [
    ...changes("program", of(before), of(after)),
    ...changes("module", modules(before), modules(after)),
    ...changes("setting", before.settings, after.settings),
    ...changes("package", packages(before), packages(after)),
  ].map((change) => ({ ...change, name: `${before.file}: ${change.name}` }))
}

function modules({ modules }: BuildInfo): Record<string, string> {
  return Object.fromEntries(
    modules.map((module) => [module.path, moduleText(module).slice(module.path.length).trim()]),
  )
}

function packages({ packages }: Program): Record<string, string> {
  return Object.fromEntries(packages.map(({ name, size }) => [name, `${size} bytes`]))
}

function changes(
  kind: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => ({ kind, name, before: before[name], after: after[name] }))
}

/** For a person: a line each, what was, and what is. */
export function printChanges(all: readonly Change[]): string {
  if (all.length === 0) return "the images are the same\n"
  const kinds = [...new Set(all.map(({ kind }) => kind))]
  const lines = kinds.flatMap((kind) =>
    section(kind, all.filter((change) => change.kind === kind).map(changeLine)),
  )
  return `${lines.join("\n")}\n`
}

function changeLine({ name, before, after }: Change): string {
  if (before === undefined) return `+ ${name}: ${after ?? ""}`
  if (after === undefined) return `- ${name}: ${before}`
  return `${name}: ${before} -> ${after}`
}
