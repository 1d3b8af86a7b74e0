import { printable } from "../../../src/errors.js"
import type { Decision } from "../../../src/plan/types.js"
import { countFiles, formatBytes } from "../../terminal/format-bytes.js"
import { moduleOf } from "../../image/contents/module-of.js"
import type { Contents, Layer } from "../../image/contents/contents.js"
import type { Program } from "../../image/contents/layer-contents.js"
import type { Module } from "../../../src/sbom/programs/build-info.js"

/** For a person; what has many lines is cut. */
export function printContents(
  contents: Contents,
  decisions: readonly Decision[] = [],
  most = 10,
): string {
  const { digest, platform, size, created, labels, annotations, layers, programs } = contents
  const sections = [
    [`image: ${digest}`, `platform: ${platform}`, `size: ${formatBytes(size)}, compressed`],
    created === undefined ? [] : [`created: ${created}`],
    runLines(contents),
    section("labels", pairs(labels)),
    section("annotations", pairs(annotations)),
    // Of a provenance, which may be anybody's.
    section(
      "decisions",
      decisions.map(({ what, value, from }) => printable(`${what}: ${value}  (${from})`)),
    ),
    section("layers", layers.map(layerLine)),
    ...programs.map((program) => programLines(program, most)),
    programs.length === 0 ? ["it has no Go program"] : [],
  ]
  return `${sections.flat().join("\n")}\n`
}

function runLines({ run }: Contents): string[] {
  const { Entrypoint, Cmd, User, WorkingDir, ExposedPorts, Env, Volumes, StopSignal } = run
  const line = (name: string, value: string | undefined) =>
    value === undefined || value === "" ? [] : [`${name}: ${value}`]
  return [
    ...line("entry point", Entrypoint?.map(quoted).join(" ")),
    ...line("arguments", Cmd?.map(quoted).join(" ")),
    ...line("user", User ?? "root"),
    ...line("working directory", WorkingDir),
    ...line("ports", Object.keys(ExposedPorts ?? {}).join(", ")),
    ...line("volumes", Object.keys(Volumes ?? {}).join(", ")),
    ...line("stop signal", StopSignal),
    ...section("environment", Env ?? []),
  ]
}

function layerLine({ size, unpackedSize, files, createdBy }: Layer): string {
  const about = createdBy === undefined ? "" : `  ${shorten(createdBy)}`
  return `${formatBytes(size).padStart(9)}  ${formatBytes(unpackedSize).padStart(9)} unpacked, ${countFiles(files)}${about}`
}

function programLines(program: Program, most: number): string[] {
  const { file, size, goVersion, path, main, modules, settings, packages } = program
  const byModule = new Map<string, number>()
  for (const { name, size } of packages) {
    const module = moduleOf(name, program)
    byModule.set(module, (byModule.get(module) ?? 0) + size)
  }
  const largest = [...byModule].sort(([, a], [, b]) => b - a)
  return section(`program ${file}`, [
    `${formatBytes(size)}, ${goVersion}, package ${path ?? "(not known)"}${main ? `, module ${moduleText(main)}` : ""}`,
    ...section("settings", pairs(settings)),
    ...section(`modules: ${modules.length}`, cut(modules.map(moduleText), most)),
    ...section(
      "machine code",
      cut(
        largest.map(([name, size]) => `${formatBytes(size).padStart(9)}  ${name}`),
        most,
      ),
    ),
  ])
}

export function moduleText({ path, version, replacedBy }: Module): string {
  const own = `${path} ${version}`.trim()
  return replacedBy ? `${own} => ${moduleText(replacedBy)}` : own
}

/** With a title, indented; nothing where there is nothing. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`${title}:`, ...lines.map((line) => `  ${line}`)] : []
}

export function pairs(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`)
}

function cut(lines: string[], most: number): string[] {
  return lines.length > most
    ? [...lines.slice(0, most), `and ${lines.length - most} more (--json)`]
    : lines
}

function quoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : JSON.stringify(text)
}

function shorten(text: string): string {
  const [line = ""] = text.trim().split("\n")
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
