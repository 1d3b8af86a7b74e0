import { readBuildFlags } from "../../../../src/detect/dockerfile/build-flags.js"
import { parseDockerfile } from "../../../../src/detect/dockerfile/dockerfile.js"
import {
  baseOf,
  finalInstructions,
  isGo,
  isNode,
  parseStages,
  readPairs,
  type Stage,
} from "../../../../src/detect/dockerfile/instructions.js"
import { foundOption, type FoundOption } from "../found.js"
import { rowsOfBuild, type Row } from "./go-build.js"
import type { OnlyCopied } from "./only-copied.js"
import type { KnownImage } from "./known-image.js"
import { rowsOfBuilder, rowsOfImage } from "./instructions.js"
import { hasNoUser, usersOf } from "./users.js"
import { workingDirectoryOf } from "./working-directory.js"

/** Every instruction of a Dockerfile, by the reader that builds use. */
export function importDockerfile(
  text: string,
  file: string,
  known: KnownImage = { missing: [], stamped: [], buildTags: [] },
): FoundOption[] {
  const stages = parseStages(text)
  const dockerfile = parseDockerfile(text, file)
  const final = finalInstructions(stages)
  const own = new Set(final.map(({ line }) => line))
  const image = {
    ...{ dockerfile, known, isOfBuilder: isGo(baseOf(stages)) },
    stages,
    own: final,
    users: usersOf(final),
    workingDirectory: workingDirectoryOf(final),
  }
  const builds = readBuildFlags(stages)
  const defaults = new Map(
    stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name }) => name === "ARG" || name === "ENV")
      .flatMap((each) => readPairs(each.text)),
  )
  const found = stages.flatMap((stage, index) => [
    { line: stage.line, row: rowOfBase(stages, index) },
    ...stage.instructions.flatMap((each) => {
      const rows = own.has(each.line) ? rowsOfImage(each, image) : rowsOfBuilder(each, known)
      const ofBuild = builds
        .filter(({ line }) => line === each.line)
        .flatMap((build) => rowsOfBuild(build, { ...known, defaults }))
      return [...rows, ...ofBuild].map((row) => ({ line: each.line, row }))
    }),
  ])
  const { line: start = 1 } = stages.at(-1) ?? {}
  if (known.hasOwnUser !== true && hasNoUser(stages))
    found.push({ line: start, row: { option: "no USER", value: "" } })
  const lines = text.split(/\r?\n/)
  return withOnlyCopied(found, own, known.files?.only).map(
    ({ line, row: { option, value, writes, ...others } }) => {
      const short = value.replace(/\s+/g, " ")
      const place = { file, line: lineOf(value, lines, line), value: short }
      return { ...foundOption("dockerfile", option, place, writes), ...others }
    },
  )
}

interface FoundRow {
  line: number
  row: Row
}

/** Not the project's, nor its programs. */
const ofTheSystem = /ca-certificates|zoneinfo|\/etc\/(?:ssl|passwd|group)/

/** On the first COPY of the image that brings files of the project, else on the first of all. */
function withOnlyCopied(
  found: readonly FoundRow[],
  own: ReadonlySet<number>,
  only: OnlyCopied | undefined,
): readonly FoundRow[] {
  const copies = found.filter(
    ({ line, row: { option, status, meaning } }) =>
      own.has(line) && (status ?? meaning) === undefined && /^(?:COPY|ADD)$/.test(option),
  )
  const first =
    copies.find(({ row }) => !row.value.includes("--from=")) ??
    copies.find(({ row }) => !ofTheSystem.test(row.value)) ??
    copies[0]
  if (!only || !first) return found
  const { drop, meaning } = only
  const row: Row = { ...first.row, status: "setting", setting: "drop", meaning, writes: { drop } }
  return found.map((each) => (each === first ? { ...each, row } : each))
}

/** Of an instruction with several lines, the one that has it. */
function lineOf(value: string, lines: readonly string[], start: number): number {
  let index = start - 1
  for (; index < lines.length; index++) {
    if (value !== "" && lines[index]?.includes(value)) return index + 1
    if (!/(?:\\|^\s*#.*|^\s*)$/.test(lines[index] ?? "")) break
  }
  return start
}

function rowOfBase(stages: readonly Stage[], index: number): Row {
  const { base: value = "", name } = stages[index] ?? {}
  const upTo = stages.slice(0, index + 1)
  // The one that the image begins with, which may be a stage before the last.
  const isOwn = index === stages.length - 1 || isBeneath(stages, name)
  if (isGo(value)) return { option: "FROM golang", value }
  if (isNode(value)) return { option: "FROM node", value }
  if (!isOwn || baseOf(upTo) !== value) return { option: "FROM of a builder", value }
  const runtime = runtimeOf(value)
  if (runtime !== undefined) return { option: "FROM", value, writes: { runtime } }
  if (/(?:^|\/)alpine(?:[:@]|$)/.test(value)) return { option: "FROM alpine", value }
  return {
    option: /(?:^|\/)debian(?:[:@]|$)/.test(value) ? "FROM debian" : "FROM another image",
    value,
  }
}

function isBeneath(stages: readonly Stage[], name: string | undefined): boolean {
  if (name === undefined) return false
  const last = stages.at(-1)
  if (!last) return false
  if (last.base === name) return true
  const below = stages.slice(0, -1).findLastIndex((each) => each.name === last.base)
  return below >= 0 && isBeneath(stages.slice(0, below + 1), name)
}

function runtimeOf(base: string): string | undefined {
  if (base === "scratch") return "scratch"
  if (base.startsWith("gcr.io/distroless/static")) return "distroless"
  if (base.startsWith("cgr.dev/chainguard/static")) return "chainguard"
  if (/^(?:docker\.io\/(?:library\/)?)?ubuntu(?:[:@]|$)/.test(base)) return "ubuntu"
  if (/^dhi\.io\//.test(base)) return "dhi"
  return undefined
}
