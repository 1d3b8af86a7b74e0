import { contentOf } from "../../../src/explain/command-text.js"
import { html, type Html } from "../../../src/explain/html.js"
import { table, type Section } from "../../../src/explain/page.js"
import { formatBytes } from "../../terminal/format-bytes.js"
import type { Contents, FileSummary } from "../../image/contents/contents.js"
import type { Program } from "../../image/contents/layer-contents.js"
import { layerOrigins, type LayerOrigin } from "../../image/contents/own-layers.js"
import { moduleOf } from "../../image/contents/module-of.js"
import { treemap, type Tile } from "./treemap.js"

/** What an image has in it: its layers by size, the bytes of its programs, its files that are not of the base. */
export function imageSections(contents: Contents): Section[] {
  return [
    { id: "layers", title: "Layers", content: layerTable(contents) },
    ...contents.programs.map((program, index) => ({
      id: `program-${index + 1}`,
      title: `What is in ${program.file}`,
      content: programContent(program),
    })),
    { id: "files", title: "Files", content: fileTable(contents) },
  ]
}

function layerTable(contents: Contents): Html {
  const { layers, size } = contents
  const largest = Math.max(1, ...layers.map((layer) => layer.size))
  const origins = originsOf(contents)
  const ofBase = layers.filter((_, i) => origins[i] === "base")
  const baseSize = ofBase.reduce((sum, layer) => sum + layer.size, 0)
  return html`<p>
      ${formatBytes(size)}
      compressed${ofBase.length > 0 && `, of which ${formatBytes(baseSize)} are the base (grey)`}.
    </p>
    ${table(
      ["Layer", "Compressed", "Unpacked", "Share", "Made by"],
      layers.map((layer, index) => [
        String(index + 1),
        formatBytes(layer.size),
        formatBytes(layer.unpackedSize),
        bar(layer.size / largest, origins[index] === "base" ? "base" : ""),
        madeBy(layer.createdBy ?? ""),
      ]),
    )}`
}

/** As the lines at the end of a build have it. */
export function originsOf({ layers, firstOwnLayer }: Contents): LayerOrigin[] {
  return layerOrigins(
    layers.map(({ createdBy }) => createdBy),
    firstOwnLayer,
  )
}

function madeBy(createdBy: string): Html | string {
  const text = createdBy.replace(/ # buildkit$/, "").replace(/\s+/g, " ")
  return contentOf(createdBy) ?? html`<code>${text.slice(0, 120)}</code>`
}

/** @param share Of the longest one. */
function bar(share: number, kind: string): Html {
  return html`<span class="track"
    ><span class="bar ${kind}" style="width: ${(share * 14).toFixed(2)}rem"></span
  ></span>`
}

/** Packages that are too small to be seen are one. */
const mostPackages = 300

function programContent(program: Program): Html {
  const { size, goVersion, packages } = program
  if (packages.length === 0) {
    return html`<p>
      ${formatBytes(size)}; the packages of ${goVersion} programs are not read yet.
    </p>`
  }
  const modules = byModule(program)
  const code = packages.reduce((sum, each) => sum + each.size, 0)
  return html`<p>
      ${formatBytes(size)}, of which ${formatBytes(code)} are machine code; the rest is data, tables
      and names.
    </p>
    ${treemap(`Machine code of ${program.file} by module and package`, modules)}
    <details>
      <summary>The modules as a table</summary>
      ${table(
        ["Module", "Machine code", "Packages"],
        modules.map(({ name, parts = [] }) => [
          name,
          formatBytes(parts.reduce((sum, part) => sum + (part.size ?? 0), 0)),
          String(parts.length),
        ]),
      )}
    </details>`
}

export function byModule(program: Program): Tile[] {
  const modules = new Map<string, Tile[]>()
  const shown = program.packages.slice(0, mostPackages)
  for (const { name, size } of shown) {
    const module = moduleOf(name, program)
    modules.set(module, [...(modules.get(module) ?? []), { name, size }])
  }
  const rest = program.packages.slice(mostPackages).reduce((sum, { size }) => sum + size, 0)
  const total = (parts: Tile[]) => parts.reduce((sum, { size = 0 }) => sum + size, 0)
  return [
    ...[...modules].map(([name, parts]) => ({ name, parts })),
    ...(rest > 0 ? [{ name: "others", parts: [{ name: "others", size: rest }] }] : []),
  ].sort((a, b) => total(b.parts) - total(a.parts))
}

const mostFiles = 200
/** As many as are shown at once; the others are a click away. */
const firstFiles = 20

/** The largest first. */
export function ownFiles({ files, firstOwnLayer }: Contents): [string, FileSummary][] {
  return [...files]
    .filter(([, { layer, type }]) => layer >= firstOwnLayer && type !== "directory")
    .sort(([, a], [, b]) => b.size - a.size)
}

function fileTable(contents: Contents): Html {
  const own = ownFiles(contents)
  const shown = own.slice(0, mostFiles)
  const rows = shown.map(([path, { size, mode, owner, layer }]) => [
    html`<code>${path}</code>`,
    formatBytes(size),
    mode,
    owner,
    String(layer + 1),
  ])
  const head = ["File", "Size", "Mode", "Owner", "Layer"]
  const others = rows.slice(firstFiles)
  return html`<p>
      ${own.length === 1 ? "1 file is" : `${own.length} files are`} neither of the base nor of
      packages of the operating
      system${own.length > mostFiles && `; the largest ${mostFiles} are listed`}.
    </p>
    ${table(head, rows.slice(0, firstFiles))}
    ${
      others.length > 0 &&
      html`<details>
        <summary>${others.length} smaller ${others.length === 1 ? "file" : "files"}</summary>
        ${table(head, others)}
      </details>`
    }`
}
