import { posix } from "node:path"
import {
  baseOf,
  finalInstructions,
  isGo,
  isNode,
  readPairs,
  wordsOf,
  type Instruction,
  type Stage,
} from "./instructions.js"
import { isInside } from "../modules/modules.js"
import type { Found } from "../../found.js"

/** What COPY and ADD of an image's own stages bring into it. */
export interface Placed {
  /** Of the source, or made by what builds Go. */
  ofSource: PlacedFile[]
  /** Of other images, or made by stages that build neither Go nor a front end. */
  ofOthers: Found<string>[]
}

/** A file or folder by its place in the image, where the program starts in `folder`. */
export interface PlacedFile extends Found<string> {
  /** In the source, seen from what the build is given. */
  from: string
  folder: string
  /** A file gets its name there. */
  isInto: boolean
  /** A stage may have made it. */
  isOfStage: boolean
  /** A variable of that image has its path. */
  isInVariable: boolean
}

/** Whether a text has a path, or one below it: `/srv/static` in `-d=/srv/static/css`, and not in `/srv/static2`. */
export function namesPath(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
    const [before = "", after = ""] = [text[at - 1], text[at + path.length]]
    if (!/[\w./-]/.test(before) && !/[\w.-]/.test(after)) return true
  }
  return false
}

/** In every image of ours, or for a shell's sake. */
const needless =
  /^\/(?:etc\/(?:ssl(?:\/(?!private)|$)|pki|passwd|group|nsswitch|ca-certificates|localtime|mime)|usr\/share\/(?:zoneinfo|ca-certificates)|usr\/local\/share\/ca-certificates|usr\/local\/go\/lib|lib\/ld-|tmp)|(?:^|\/)(?:tini(?:-static)?|dumb-init|su-exec|gosu|zoneinfo\.zip|ca-certificates\.crt|busybox|sh)$|\.(?:so(?:\.\d+)*|wasm)$/

export function findPlaced(stages: readonly Stage[], file: string): Placed {
  const own = finalInstructions(stages)
  const placed: Placed = { ofSource: [], ofOthers: [] }
  const values = own.flatMap(({ name, text }) =>
    name === "ENV" ? readPairs(text).map(([, value]) => value) : [],
  )
  let folder = "/"
  for (const instruction of own) {
    if (instruction.name === "WORKDIR") folder = posix.resolve(folder, instruction.text)
    if (instruction.name !== "COPY" && instruction.name !== "ADD") continue
    for (const { from, to, isInto, stage } of readCopies(instruction, folder)) {
      const found = { file, line: instruction.line }
      const whole = isInto ? posix.join(to, posix.basename(from)) : to
      const of = stage === undefined ? "source" : kindOf(stages, stage)
      if (of === "front end" || needless.test(whole)) continue
      if (of === "other" && stage !== undefined && isSource(stages, stage, from)) continue
      if (of === "other") placed.ofOthers.push({ value: whole, ...found })
      else {
        const path = of === "source" ? clean(from) : inSource(from, of.folders)
        const isOfStage = of !== "source"
        if (path === undefined) continue
        const isInVariable = values.some((each) => namesPath(each, whole))
        const place = { value: to, ...found, from: path, folder }
        placed.ofSource.push({ ...place, isInto, isOfStage, isInVariable })
      }
    }
  }
  // Where it starts is what the last WORKDIR says.
  return { ...placed, ofSource: placed.ofSource.map((each) => ({ ...each, folder })) }
}

/**
 * Paths that the source may have for what COPY brings into the image, patterns among them; undefined where that may be any file,
 * such as by `COPY . .`, or of a stage that nobody knows the files of.
 */
export function copiedOfSource(stages: readonly Stage[]): string[] | undefined {
  const paths: string[] = []
  for (const { name, text } of finalInstructions(stages)) {
    if ((name !== "COPY" && name !== "ADD") || text.includes("<<")) continue
    const words = wordsOf(text)?.filter((word) => !word.startsWith("--"))
    if (!words) return undefined
    const stage = fromOf(text)
    for (const word of words.slice(0, -1).filter((each) => !each.includes("://"))) {
      const found = word.includes("$") ? undefined : sourceOf(stages, word, stage)
      if (!found) return undefined
      paths.push(...found)
    }
  }
  return [...new Set(paths)]
}

/** None where it is no file of the source; undefined where it may be all of them. */
function sourceOf(
  stages: readonly Stage[],
  path: string,
  stage: string | undefined,
): string[] | undefined {
  if (stage === undefined) return listOf(clean(path))
  const of = kindOf(stages, stage)
  if (of === "front end") return []
  if (of === "other") return mayHaveSource(stages, stage) ? undefined : []
  const whole = posix.resolve("/", path)
  const copies = targetsIn(stages, stage)
  const folders = [...of.folders, ...copies.map(({ to }) => to)]
  if (folders.some((folder) => isInside(folder, whole === "/" ? "" : whole))) return undefined
  const inside = inSource(whole, folders)
  // Of `COPY web /www/`, `/www/a` is `web/a` where web is a folder.
  const below = copies.flatMap(({ from, to }) =>
    isInside(whole, to) ? [posix.join(from, posix.relative(to, whole))] : [],
  )
  return inside === undefined ? [] : [inside, ...below.flatMap((each) => clean(each) ?? [])]
}

/** Where a stage has what it copies of the source. */
function targetsIn(stages: readonly Stage[], name: string): Pick<Copy, "from" | "to">[] {
  let folder = "/"
  return finalInstructions(upToStage(stages, name)).flatMap((instruction) => {
    if (instruction.name === "WORKDIR") folder = posix.resolve(folder, instruction.text)
    if (instruction.name !== "COPY" && instruction.name !== "ADD") return []
    return readCopies(instruction, folder).filter(({ stage }) => stage === undefined)
  })
}

function listOf(path: string | undefined): string[] | undefined {
  return path === undefined ? undefined : [path]
}

/** A stage of the file that gets files from elsewhere than other stages. */
function mayHaveSource(stages: readonly Stage[], name: string): boolean {
  return finalInstructions(upToStage(stages, name)).some(
    (each) => (each.name === "COPY" || each.name === "ADD") && !each.text.includes("--from="),
  )
}

/** That of a name or number, with those before it; none where it is no stage of the file. */
function upToStage(stages: readonly Stage[], name: string): readonly Stage[] {
  const index = /^\d+$/.test(name)
    ? Number(name)
    : stages.findIndex((each) => each.name?.toLowerCase() === name.toLowerCase())
  return stages[index] ? stages.slice(0, index + 1) : []
}

/** The stage or image that a COPY is from. */
function fromOf(text: string): string | undefined {
  return /(?:^|\s)--from=(\S+)/.exec(text)?.[1]
}

interface Copy {
  from: string
  /** A folder, where `isInto`. */
  to: string
  isInto: boolean
  /** Of another image or stage. */
  stage?: string
}

/** Those that are written out; a variable or a pattern stands for what is not known here. */
function readCopies({ text }: Instruction, folder: string): Copy[] {
  const words = wordsOf(text) ?? []
  const stage = fromOf(text)
  const paths = words.filter((word) => !word.startsWith("--"))
  const target = paths.pop()
  if (target === undefined || text.includes("<<")) return []
  const to = posix.resolve(folder, target)
  const isInto = target.endsWith("/") || paths.length > 1 || /^\.{1,2}$/.test(target)
  return paths
    .filter((from) => !/[$*?[]|:\/\//.test(from))
    .map((from) => ({ from, to, isInto, stage }))
}

/** A builder of Go has the source in these folders. */
type Kind = "other" | "front end" | { folders: string[] }

function kindOf(stages: readonly Stage[], name: string): Kind {
  const upTo = upToStage(stages, name)
  if (upTo.length === 0) return "other"
  const instructions = finalInstructions(upTo)
  const runs = instructions.filter((each) => each.name === "RUN").map(({ text }) => text)
  const copies = instructions.filter((each) => each.name === "COPY").map(({ text }) => text)
  if (isNode(baseOf(upTo))) return "front end"
  // A stage may be there to collect what others have made.
  for (const text of runs.length === 0 ? copies : []) {
    const of = kindOfCopy(upTo, text)
    if (of !== "other") return of
  }
  const buildsGo = runs.some((text) =>
    /\b(?:go (?:build|install|mod)|xx-go|make|mage|task|goreleaser)\b/.test(text),
  )
  if (!isGo(baseOf(upTo)) && !buildsGo) return "other"
  const folders = instructions
    .filter((each) => each.name === "WORKDIR")
    // As Go's images have it.
    .map(({ text }) => posix.resolve("/", text.replace(/\$(?:GOPATH\b|\{GOPATH\})/, "/go")))
  return { folders: folders.length > 0 ? folders : ["/"] }
}

/** All of the source, in the folder where a stage that builds otherwise has it: buildpacks do. */
function isSource(stages: readonly Stage[], name: string, path: string): boolean {
  const index = stages.findIndex((each) => each.name?.toLowerCase() === name.toLowerCase())
  let folder = "/"
  return stages.slice(index, index + 1).some(({ instructions }) =>
    instructions.some((instruction) => {
      if (instruction.name === "WORKDIR") folder = posix.resolve(folder, instruction.text)
      if (instruction.name !== "COPY") return false
      return readCopies(instruction, folder).some(
        ({ from, to, stage }) =>
          stage === undefined &&
          /^\.\/?$/.test(posix.normalize(from)) &&
          to === posix.resolve("/", path),
      )
    }),
  )
}

function kindOfCopy(stages: readonly Stage[], copy: string): Kind {
  const name = fromOf(copy)
  const isBefore = stages.slice(0, -1).some((each) => each.name !== undefined && each.name === name)
  return name !== undefined && isBefore ? kindOf(stages.slice(0, -1), name) : "other"
}

function inSource(path: string, folders: readonly string[]): string | undefined {
  const found = folders.find((folder) => folder !== "/" && path.startsWith(`${folder}/`))
  return found === undefined ? undefined : clean(path.slice(found.length + 1))
}

function clean(path: string): string | undefined {
  const text = posix.normalize(path.replace(/^\/+/, "")).replace(/\/$/, "")
  return text === "." || text === "" || text.startsWith("..") ? undefined : text
}
