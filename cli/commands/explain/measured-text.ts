import { contentOf } from "../../../src/explain/command-text.js"
import { slowLines, slowPackages, slowTitle } from "../../record/slow-packages.js"
import type { DoneStep } from "../../engine/engine.js"
import type { Contents } from "../../image/contents/contents.js"
import type { Program } from "../../image/contents/layer-contents.js"
import { formatBytes } from "../../terminal/format-bytes.js"
import { formatSeconds } from "../../terminal/progress/lines.js"
import { shortenStep } from "../../terminal/step-name.js"
import { byModule, originsOf, ownFiles } from "./image-sections.js"

/** Modules of a program, and files: as many as are named. */
const most = 15

/** What an image has in it, for a terminal: as the page has it, without pictures. */
export function imageLines(image: Contents): string[] {
  const { size, layers, programs } = image
  const origins = originsOf(image)
  const files = ownFiles(image)
  return [
    `\nLayers, ${formatBytes(size)} compressed:\n`,
    ...layers.map((layer, i) => {
      const sizes = `${bytes(layer.size)}, ${bytes(layer.unpackedSize)} unpacked`
      return `  ${sizes}  ${layerName(origins[i], layer.createdBy)}\n`
    }),
    ...programs.flatMap(programLines),
    "\nFiles that are neither of the base nor of packages of the operating system:\n",
    ...cut(
      files.map(([path, { size, mode, owner }]) => `${bytes(size)}  ${mode} ${owner}  ${path}`),
    ),
  ]
}

function layerName(origin: string | undefined, createdBy = ""): string {
  const text = createdBy.replace(/ # buildkit$/, "").replace(/\s+/g, " ")
  return origin === "base" ? "base" : (contentOf(createdBy) ?? text.slice(0, 80))
}

function programLines(program: Program): string[] {
  if (program.packages.length === 0) return []
  const modules = byModule(program).map(({ name, parts = [] }) => {
    return `${bytes(parts.reduce((sum, part) => sum + (part.size ?? 0), 0))}  ${name}`
  })
  return [
    `\nMachine code of ${program.file} (${formatBytes(program.size)}), by module:\n`,
    ...cut(modules),
  ]
}

/** When steps ran is what the page draws: here, how long each took. */
export function timeLines(steps: readonly DoneStep[]): string[] {
  if (steps.length === 0) return []
  const ordered = [...steps].sort((a, b) => a.startedAt - b.startedAt)
  const slow = slowLines(slowPackages(steps))
  return [
    "\nTime of each step:\n",
    ...ordered.map(({ name, cached, seconds }) => {
      return `  ${(cached ? "cached" : formatSeconds(seconds)).padStart(10)}  ${shortenStep(name)}\n`
    }),
    ...(slow.length > 0 ? [`\n${slowTitle}:\n`, ...slow.map((line) => `  ${line}\n`)] : []),
  ]
}

function bytes(size: number): string {
  return formatBytes(size).padStart(9)
}

function cut(lines: readonly string[]): string[] {
  const more = lines.length - most
  return [...lines.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].map(
    (line) => `  ${line}\n`,
  )
}
