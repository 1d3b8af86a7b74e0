import { readAccess } from "../../access/access.js"
import { closeSync, openSync, readSync, statSync } from "node:fs"
import { detect } from "../../../src/detect/detect.js"
import { imagePurl } from "../../../src/sbom/documents/purl.js"
import type { Known, VexFacts } from "../../../src/sbom/documents/openvex.js"
import { version } from "../../../src/version.js"
import { openSource } from "../build/build.js"
import { allManifests } from "../../image/manifest.js"
import { readManifest, type Contents } from "../../image/contents/contents.js"
import { readLayer, type Program, type ReadLayer } from "../../image/contents/layer-contents.js"
import { openImage } from "../../image/contents/open-image.js"
import { imageName } from "../../image/contents/sbom-facts.js"
import { sourceOfImage } from "../verify/source-of-image.js"
import { callPaths } from "./call-paths.js"
import type { OsvEntry } from "./database.js"
import { isSbomFile, readSbom } from "./read-sbom.js"
import { compiled, libraryOf, scan, type Subject } from "./scan.js"
import type { VulncheckRequest, Source } from "./request.js"

/** What an image or an SBOM is about, as far as vulnerabilities are. */
interface Examined {
  products: string[]
  subjects: Subject[]
  /** How its source is found, and what of it to look at; all programs where that is not said. */
  source: (folder: string) => Promise<Source>
}

/** For each known vulnerability of what is in an image, or in an SBOM, whether it can be reached. */
export async function vulncheck(name: string, asked: VulncheckRequest): Promise<VexFacts> {
  const { database, terminal } = asked
  const { products, subjects, source } = isSbom(name)
    ? fromSbom(name, asked)
    : await fromImage(name, asked)
  for (const { file, functions } of subjects) {
    if (file !== undefined && !functions)
      terminal.say(
        `note: ${file}: its functions are not checked: it was built with a Go version that is not known here`,
      )
  }
  const paths = new Set(subjects.flatMap(({ modules }) => modules.map(({ path }) => path)))
  const entries = await database.about(paths)
  const found = subjects.map((subject) => ({ subject, known: scan(subject, entries) }))
  const all = found.flatMap(({ known }) => known)
  const facts = {
    products,
    vulnerabilities: entries,
    modified: await database.modified(),
    tooling: `go-image ${version}`,
  }
  const reached = entries.filter(({ id }) =>
    all.some((each) => each.finding.osv === id && isOpen(each)),
  )
  if (asked.source === undefined || reached.length === 0) return { ...facts, known: all }
  const called = await callsIn(await source(asked.source), reached, asked)
  return {
    ...facts,
    known: found.flatMap(({ subject, known }) => withCalls(subject, known, called)),
    tooling: `${facts.tooling}, govulncheck`,
  }
}

/** As far as the program alone says, it may be reached. */
function isOpen({ finding: { trace }, evidence }: Known): boolean {
  return evidence === "list" || trace[0]?.function !== undefined
}

interface Called {
  known: readonly Known[]
  /** Import paths. */
  packages: readonly string[]
}

async function callsIn(
  source: Source,
  entries: readonly OsvEntry[],
  asked: VulncheckRequest,
): Promise<Called> {
  try {
    const known = await callPaths(source, entries, asked)
    return { known, packages: source.packages }
  } finally {
    source.remove()
  }
}

/** What the source says of a program counts where it says anything: a program has more than it calls. */
function withCalls(
  { path }: Subject,
  known: Known[],
  { known: called, packages }: Called,
): Known[] {
  if (path !== undefined && !packages.includes(path)) return known
  const osvs = new Set(called.map(({ finding }) => finding.osv))
  const others = known.filter(({ finding }) => !osvs.has(finding.osv))
  const had = new Set(known.map(({ finding }) => finding.osv))
  return [...others, ...called.filter(({ finding }) => had.has(finding.osv))]
}

function isSbom(name: string): boolean {
  if (!statSync(name, { throwIfNoEntry: false })?.isFile()) return false
  const start = Buffer.alloc(64)
  const file = openSync(name, "r")
  try {
    return isSbomFile(start.subarray(0, readSync(file, start)))
  } finally {
    closeSync(file)
  }
}

function fromSbom(file: string, { request }: VulncheckRequest): Examined {
  const { product, modules } = readSbom(file)
  return {
    products: [product],
    subjects: [{ modules }],
    source: async (folder) => {
      const opened = openSource({ ...request, source: folder })
      const { options, target } = request
      const project = await detect(opened.source, {
        ...{ options, target, environment: process.env },
        ...{ folder: opened.folder, git: opened.git, access: readAccess(request) },
      })
      return {
        project,
        folder: opened.source.folder,
        neverSent: await opened.source.neverSent(),
        packages: project.facts.programs.mainPackages.map(({ importPath }) => importPath),
        remove: () => undefined,
      }
    },
  }
}

async function fromImage(name: string, { request, terminal }: VulncheckRequest): Promise<Examined> {
  const store = await openImage(name)
  const manifests = await allManifests(store)
  const read: ReadLayer = (from, layer, options) =>
    readLayer(from, layer, { ...options, functions: "names" })
  const contents: Contents[] = []
  for (const each of manifests) contents.push(await readManifest(store, each, read))
  const known = imageName(store)
  const [whole] = store.index.manifests
  const digests = new Set([whole?.digest ?? "", ...contents.map(({ digest }) => digest)])
  const title = contents[0]?.labels["org.opencontainers.image.title"]
  const image = { store, manifests, contents: contents as [Contents, ...Contents[]] }
  return {
    products: [...digests].map((digest) =>
      imagePurl(known.name ?? title ?? "image", digest, { repository: known.repository }),
    ),
    subjects: contents.flatMap(({ platform, programs }) =>
      programs.map((program) => subjectOf(program, platform)),
    ),
    source: async (folder) => {
      const asked = { ...request, source: folder }
      const { said, source, rebuild } = await sourceOfImage(asked, image, { report: terminal })
      const programs = rebuild.facts.programs.mainPackages.map(({ importPath }) => importPath)
      return {
        project: rebuild,
        folder: rebuild.source,
        neverSent: rebuild.neverSent,
        packages: programs.filter((path) => said.programs.includes(path)),
        remove: source.remove,
      }
    },
  }
}

function subjectOf(program: Program, platform: string): Subject {
  const { file, modules, main, goVersion, functions, path } = program
  const own = main ? [main] : []
  return {
    ...{ file, platform, functions, path },
    modules: [libraryOf(goVersion), ...compiled([...modules, ...own])],
  }
}
