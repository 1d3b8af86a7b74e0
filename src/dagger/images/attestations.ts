import { join } from "node:path"
import { dag, type Container, type File } from "@dagger.io/dagger"
import { InternalError, UserError } from "../../errors.js"
import { imageTools } from "./image-tools.js"
import { isoTime } from "../../iso-time.js"
import { licensesTask } from "../../plan/tasks/licenses-task.js"
import { systemPath } from "../../plan/stages/system-files.js"
import { reportPath } from "../../plan/tasks/test-tasks.js"
import type { Plan } from "../../plan/types.js"
import type { Project } from "../project.js"
import { parseReference, repositoryName } from "../../reference.js"
import { baseImagesOf, buildFactsOf } from "../../sbom/build-facts.js"
import type { SbomFacts } from "../../sbom/facts.js"
import type { SbomFormat } from "../../sbom/documents/format-of.js"
import { sbomDocument } from "../../sbom/documents/formats.js"
import { linkedModules, readLicenses, withLicenses } from "../../sbom/licenses/module-licenses.js"
import { provenanceStatement, type BuildFacts } from "../../sbom/documents/provenance.js"
import { inTemporaryFolder } from "./temporary-folder.js"
import type { Built } from "../request.js"

/** What the image holds, as a file. */
export async function sbomFile(project: Project, format: SbomFormat): Promise<File> {
  const facts = await licensedFacts(project, [await project.build()])
  const ending = format === "spdx" ? "spdx" : "cdx"
  return newFile(`${facts.name}.${ending}.json`, sbomDocument(facts, format))
}

/** What the image was built from, and how, as a file. */
export async function provenanceFile(project: Project): Promise<File> {
  const built = await project.build()
  const facts = await factsOf([built])
  return newFile(
    `${facts.name}.provenance.json`,
    provenanceStatement(facts, await buildFacts(project, [built])),
  )
}

export interface Attachment {
  project: Project
  /** The image, or its variants. */
  built: readonly Built[]
  /** What was pushed, with digests. */
  references: readonly string[]
  credentials?: { username: string; password: string }
}

/** SBOM and provenance as referrers of what was pushed, in each of its repositories. */
export async function attachTo({
  project,
  built,
  references,
  credentials,
}: Attachment): Promise<void> {
  const [tools, facts, build] = await Promise.all([
    imageTools(),
    licensedFacts(project, built),
    buildFacts(project, built),
  ])
  const repositories = new Map(
    references.map((reference) => {
      const parsed = parseReference(reference)
      return [repositoryName(parsed), parsed.digest ?? ""] as const
    }),
  )
  const failures: string[] = []
  for (const [name, digest] of repositories) {
    const reference = `${name}@${digest}`
    try {
      // The same image, whose index an engine may write in another way for an archive.
      const named = { ...facts, digest }
      await tools.attach(reference, named, { build, format: "spdx", credentials })
    } catch (error) {
      failures.push(`${reference}: ${(error as Error).message.split("\n")[0]}`)
    }
  }
  if (failures.length === 0) return
  throw new UserError("the image was pushed, but its SBOM and provenance were not", {
    hint: [
      ...failures,
      `Pushed: ${references.join(", ")}. Give a user who may push there, or push the image alone: --attest=false`,
    ].join("\n"),
  })
}

async function factsOf(built: readonly Built[]): Promise<SbomFacts> {
  const [first] = built
  const tools = await imageTools()
  const images = built.map(({ image }) => image)
  if (!first) throw new InternalError("no image was built")
  const { plan } = first
  const facts = await inArchive(images, (archive) =>
    tools.readFacts(archive, undefined, ownLayers(plan)),
  )
  // An engine writes the clock's into an image.
  return { ...facts, created: isoTime(plan.image.sourceDateEpoch ?? 0) }
}

/** With the licenses of modules, which the engine that built the image has. */
async function licensedFacts(project: Project, built: readonly Built[]): Promise<SbomFacts> {
  const facts = await factsOf(built)
  const [first] = built
  const modules = first ? linkedModules(facts, first.plan.binaries) : []
  const task = first && licensesTask(first, modules)
  if (!task) return facts
  const ran = project.run(task)
  if ((await ran.exitCode()) !== 0) {
    const [reason = ""] = (await ran.stderr()).trim().split("\n").slice(-1)
    console.error(`note: the SBOM names no licenses of modules: ${reason}`)
    return facts
  }
  return inTemporaryFolder(async (folder) => {
    await ran.directory(reportPath).export(folder)
    return withLicenses(facts, readLicenses(folder, modules))
  })
}

/** Where this runs, for as long as it is read. */
export async function inArchive<T>(
  images: readonly Container[],
  read: (path: string) => Promise<T>,
): Promise<T> {
  const [only = dag.container(), another] = images
  const archive = another
    ? dag.container().asTarball({ platformVariants: [...images] })
    : only.asTarball()
  return inTemporaryFolder(async (folder) => {
    const path = join(folder, "image.tar")
    await archive.export(path)
    return read(path)
  })
}

/** From the system files on: what is before them is the base's, with packages that were installed there. */
function ownLayers({ stages }: Plan): number {
  const { steps = [] } = stages.at(-1) ?? {}
  const first = steps.findIndex((step) => step.type === "copy" && step.path === systemPath)
  return steps.slice(Math.max(first, 0)).filter(({ type }) => makesLayer.has(type)).length
}

const makesLayer: ReadonlySet<string> = new Set(["copy", "run", "file"])

async function buildFacts({ request }: Project, built: readonly Built[]): Promise<BuildFacts> {
  const [first, ...others] = built
  if (!first) throw new InternalError("no image was built")
  const plans: [Plan, ...Plan[]] = [first.plan, ...others.map(({ plan }) => plan)]
  const digests = await Promise.all(
    baseImagesOf(plans).map(async (name) => {
      const { digest } = parseReference(await dag.container().from(name).imageRef())
      return [name, digest] as const
    }),
  )
  const known = new Map(digests)
  return buildFactsOf(plans, first, {
    target: request.target,
    digestOf: (name) => known.get(name),
  })
}

function newFile(name: string, content: string): File {
  return dag.directory().withNewFile(name, content).file(name)
}
