import { posix } from "node:path"
import { commandsOf } from "../../../../src/detect/dockerfile/shell-commands.js"
import {
  baseOf,
  finalInstructions,
  isNode,
  wordsOf,
  type Instruction,
  type Stage,
} from "../../../../src/detect/dockerfile/instructions.js"
import { inFolder } from "../../../../src/detect/modules/modules.js"
import type { Row } from "./go-build.js"
import type { OnlyCopied } from "./only-copied.js"

/** What the source has, and what builds make besides programs. */
export interface KnownFiles {
  /** Folder of the Dockerfile. */
  folder: string
  files: readonly string[]
  /** Those of them that lead to nothing inside the source. */
  brokenLinks: readonly string[]
  hasFrontend: boolean
  /** Names of programs that are built. */
  programs: readonly string[]
  /** Told with the first COPY that has nothing else to tell. */
  only?: OnlyCopied
}

/** What a build says nothing of: it is found and copied, except what only that Dockerfile makes. */
export function rowOfCopy(
  { name, text, written, line }: Instruction,
  stages: readonly Stage[],
  known: KnownFiles | undefined,
): Row {
  const row: Row = { option: name, value: written }
  const paths = (wordsOf(text) ?? []).filter((word) => !word.startsWith("--"))
  const to = paths.pop()
  if (!known || to === undefined || paths.some((path) => /[$*?[]|:\/\//.test(path))) return row
  const from = /(?:^|\s)--from=(\S+)/.exec(text)?.[1]
  if (from === undefined) return ofSource(row, paths, known)
  const index = stages.findIndex(
    (each, at) =>
      each.line < line && (each.name?.toLowerCase() === from.toLowerCase() || `${at}` === from),
  )
  if (index < 0) return row
  const upTo = stages.slice(0, index + 1)
  if (isNode(baseOf(upTo))) {
    if (known.hasFrontend) return row
    const meaning = `stage ${from} is not run; a front end that no program embeds or reads is built with --frontend`
    return { ...row, status: "not supported", setting: "frontend", meaning }
  }
  const made = madeIn(finalInstructions(upTo))
  const kinds = paths.map((path) => made.get(posix.resolve("/", path)))
  if (kinds.includes("link")) {
    const meaning = "a link that RUN makes in a builder is not in this image"
    return { ...row, status: "not supported", setting: undefined, meaning }
  }
  if (!kinds.includes("folder")) return row
  const isInside = (path: string) => paths.some((each) => path.startsWith(`${each}/`))
  const links = [...made].flatMap(([path, kind]) => (kind === "link" && isInside(path) ? path : []))
  return ofFolder(row, to, links)
}

function ofSource(row: Row, paths: readonly string[], known: KnownFiles): Row {
  const isAt = (path: string) => (file: string) =>
    path === "." || file === path || file.startsWith(`${path}/`)
  const placesOf = (path: string) => {
    const plain = posix.normalize(path.replace(/^\/+/, "")).replace(/(?<=.)\/$/, "")
    return [...new Set([inFolder(known.folder, plain), plain])]
  }
  const isThere = (path: string) =>
    placesOf(path).some((each) => known.files.some(isAt(posix.normalize(each))))
  const absent = paths.find((path) => path !== "/" && !isThere(path))
  if (absent !== undefined && known.programs.includes(posix.basename(absent))) {
    return {
      ...row,
      setting: undefined,
      meaning: "the program is built, not taken from the source",
    }
  }
  if (absent !== undefined) {
    const meaning = `${absent} is not in the source: what makes it must do so before the build, and keep names it`
    return { ...row, status: "not supported", setting: "keep", meaning }
  }
  const link = paths.find((path) => placesOf(path).some((each) => known.brokenLinks.includes(each)))
  if (link === undefined) return row
  const meaning = `${link} is a link that leads to nothing inside the source, and is not in this image`
  return { ...row, status: "not supported", setting: undefined, meaning }
}

/** An empty one: what it is for is that the program can write to it. */
function ofFolder(row: Row, to: string, [link]: readonly string[]): Row {
  const folder = posix.normalize(to).replace(/(?<=.)\/$/, "")
  const without = link === undefined ? "" : `; the link ${link} in it is not in this image`
  const meaning = `a folder that RUN makes in a builder; the program can write to it${without}`
  if (/^\/(?!app(?:\/|$))./.test(folder))
    return { ...row, status: "setting", setting: "folders", meaning, writes: { folders: [folder] } }
  return {
    ...{ ...row, status: "not supported", setting: "folders" },
    meaning:
      "a folder that RUN makes in a builder is not in this image; folders has those outside /app",
  }
}

/** Links that a stage's RUN lines make, and folders that nothing is put into. */
function madeIn(instructions: readonly Instruction[]): Map<string, "folder" | "link"> {
  const made = new Map<string, "folder" | "link">()
  const written = new Map<string, string>()
  const used: string[] = []
  let folder = "/"
  for (const { name, text } of instructions) {
    if (name === "WORKDIR") folder = posix.resolve(folder, text)
    if (name === "COPY" || name === "ADD") used.push(text)
    if (name !== "RUN") continue
    for (const words of commandsOf(text)) {
      const start = words.findIndex((word) => /^(?:mkdir|ln|chown|chmod)$/.test(word))
      const plain = words.slice(start + 1).filter((word) => !word.startsWith("-"))
      const isLink = words[start] === "ln"
      if (start < 0) used.push(...words)
      if (start < 0 || words[start]?.startsWith("ch")) continue
      for (const path of isLink ? plain.slice(1).slice(-1) : plain) {
        const whole = posix.resolve(folder, path)
        made.set(whole, isLink ? "link" : "folder")
        written.set(whole, path)
      }
    }
  }
  for (const [whole, path] of written) {
    const isUsed = used.some((word) => word.includes(whole) || word.includes(path))
    if (isUsed && made.get(whole) === "folder") made.delete(whole)
  }
  return made
}
