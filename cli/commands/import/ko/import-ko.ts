import { posix } from "node:path"
import type { Facts } from "../../../../src/detect/facts.js"
import { folderOf } from "../../../../src/detect/modules/modules.js"
import { makefiles } from "../../../../src/detect/project/makefile.js"
import type { ProjectDescriptor } from "../../../../src/settings/descriptor/descriptor.js"
import type { Target } from "../../init/project-toml.js"
import type { KnownImage } from "../dockerfile/known-image.js"
import type { ImportedProject } from "../dropped.js"
import type { FoundOption } from "../found.js"
import { koReferences, readIfCan, type Manifest } from "../manifests.js"
import { filesOfKo, firstLine, platformsOfKo } from "./files.js"
import { importKo, importKodata } from "./ko.js"
import { koLines, mayRunKo, type KoLine } from "./lines.js"
import { importKoLines, importShipped, shippedByKo } from "./shipped.js"
import { programsOfKo, targetsOfKo } from "./targets.js"

const mostFiles = 200

/** What a repository has of ko: its file, and what runs it. */
export interface KoFiles {
  /** `.ko.yaml`, where there is one. */
  file?: string
  text: string
  descriptor: ProjectDescriptor
  known: KnownImage
  manifests: readonly Manifest[]
  files: readonly string[]
}

export async function importKoFiles(
  project: ImportedProject,
  { file, text, descriptor, known, manifests, files }: KoFiles,
): Promise<{ found: FoundOption[]; targets: Target[] }> {
  const { source, facts, settings } = project
  const own = project.folder?.value ?? ""
  const lines: KoLine[] = []
  for (const each of files.filter(mayRunKo).slice(0, mostFiles)) {
    lines.push(...koLines((await readIfCan(source, each)) ?? "", each))
  }
  const installs = ({ command }: KoLine) => Number(command === "setup-ko")
  lines.sort((a, b) => installs(a) - installs(b))
  if (file === undefined) {
    return { found: [...importKodata(facts.kodata), ...importKoLines(lines, false)], targets: [] }
  }
  const isHere = folderOf(file) === own
  const { mainPackages } = facts.programs
  const shipped = shippedByKo(lines, koReferences(manifests), mainPackages, own)
  const of = { facts, settings, descriptor, known, shipped: shipped?.paths }
  const built = isHere
    ? await programsOfKo(text, file, of)
    : { programs: [], left: [], isNamed: false }
  const { programs, isNamed } = built
  const isOpen = descriptor.targets.size === 0
  const targets = isOpen ? targetsOfKo(programs) : []
  // A file without lines of ko beside it says by its builds which programs are meant.
  const isTold = isOpen && !descriptor.table.has("packages") && (shipped !== undefined || !isNamed)
  const platforms = await platformsOfKo(text, file)
  const place = { file, line: firstLine(text) }
  return {
    targets,
    found: [
      ...importKo(text, file, settings, {
        ...{ ...known, programs, targets, platforms, ofMakefile: ofMakefile(facts) },
      }),
      ...(isTold ? importShipped(shipped, built, place) : []),
      ...(isHere ? await filesOfKo(text, file, project) : []),
      ...importKodata(facts.kodata),
      ...importKoLines(lines, targets.length + descriptor.targets.size > 0),
    ],
  }
}

/** What a Makefile has the linker set, and a build sets from Git. */
function ofMakefile({ stampVariables = [] }: Facts) {
  const found = stampVariables.filter(
    ({ file, own }) => own === undefined && makefiles.includes(posix.basename(file)),
  )
  const [first] = found
  if (!first) return undefined
  return { symbols: found.map(({ symbol }) => symbol), place: `${first.file}:${first.line}` }
}
