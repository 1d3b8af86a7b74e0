import { dag, type Container, type Platform } from "@dagger.io/dagger"
import { inArchive } from "./attestations.js"
import { UserError } from "../../errors.js"
import { shortRevision } from "../../git-state.js"
import { imageTools } from "./image-tools.js"
import { distinctPlatforms, usualPlatforms } from "../../plan/bases/platform.js"
import type { Project } from "../project.js"
import { parseReference } from "../../reference.js"
import { registryAnswer } from "../../registry-answer.js"

/** Builds an image again from its source, for each platform that it is for; fails where one of them is not the same. */
export async function verifyImage(project: Project, reference: string): Promise<string> {
  parseReference(reference, "--image")
  const { platform } = project.request.options
  const { exact, platforms } = await find(reference, platform)
  const notes: string[] = []
  for (const platform of platforms) {
    const { doubt, reasons } = await verifyPlatform(project, exact, platform)
    const where = platforms.length > 1 ? [`platform: ${platform}`] : []
    if (reasons) {
      const [difference = "", ...explained] = reasons
      throw new UserError(`different: ${exact}`, {
        hint: [
          ...where,
          difference,
          "what explains it:",
          ...explained.map((reason) => `  ${reason}`),
        ].join("\n"),
      })
    }
    notes.push(...where, ...(doubt === undefined ? [] : [`note: ${doubt}`]))
  }
  return [`identical: ${exact}`, ...new Set(notes), ""].join("\n")
}

/** @returns Without reasons, it is the same. */
async function verifyPlatform(project: Project, reference: string, platform: string) {
  const image = imageFor(platform, reference)
  const tools = await imageTools()
  return inArchive([image], async (archive) => {
    const read = await tools.openImage(archive)
    const { rebuild, container } = await project.buildAgain(read)
    const given = project.request.git !== undefined
    const doubt = doubtOf(read.revision, rebuild.facts.git?.revision, given)
    const reasons = await inArchive([container], (again) => read.compare(rebuild, again, doubt))
    return { doubt, reasons }
  })
}

/**
 * No function of an engine tells an image's platforms: it is asked for each, with the logins that it has. Of an image without
 * an index, it gives the only one there is, whatever was asked for.
 *
 * @param asked The only platform that counts.
 */
async function find(
  reference: string,
  asked: string | undefined,
): Promise<{ exact: string; platforms: string[] }> {
  const candidates = asked === undefined ? [undefined, ...usualPlatforms] : [asked]
  const failures: unknown[] = []
  const found = await Promise.all(
    candidates.map(async (candidate) => {
      try {
        const image = imageFor(candidate, reference)
        return { exact: await image.imageRef(), platform: await image.platform() }
      } catch (error) {
        failures.push(error)
        if (registryAnswer((error as Error).message) === "missing") return undefined
        throw unreadable(error)
      }
    }),
  )
  const [first, ...others] = found.filter((each) => each !== undefined)
  if (!first) throw unreadable(failures[0])
  const platforms = asked === undefined ? [first, ...others].map((each) => each.platform) : [asked]
  return { exact: first.exact, platforms: distinctPlatforms(platforms) }
}

function imageFor(platform: string | undefined, reference: string): Container {
  const engine =
    platform === undefined ? dag.container() : dag.container({ platform: platform as Platform })
  return engine.from(reference)
}

function unreadable(error: unknown): UserError {
  return new UserError(`the image cannot be read: ${(error as Error).message}`, {
    hint: "Check its name, or log in: docker login",
  })
}

/** Why the source may not be the one that the image was built from. */
function doubtOf(
  built: string | undefined,
  source: string | undefined,
  gitGiven: boolean,
): string | undefined {
  if (built === undefined) return "the image does not name its commit"
  const [ofImage, ofSource] = [built, source ?? ""].map((revision) => shortRevision({ revision }))
  if (!gitGiven || source === undefined) {
    return `it is not known whether the source is ${ofImage}, the commit of the image (--git)`
  }
  if (source === built) return undefined
  return `it is ${ofSource}, and the image was built from ${ofImage}`
}
