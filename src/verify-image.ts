import { dag, type Platform } from "@dagger.io/dagger"
import { inArchive } from "./attestations.js"
import { UserError } from "./errors.js"
import { imageTools } from "./image-tools.js"
import type { Project } from "./project.js"
import { parseReference } from "./reference.js"

/** Builds an image again from its source; fails where it is not the same. */
export async function verifyImage(project: Project, reference: string): Promise<string> {
  parseReference(reference, "--image")
  const { platform } = project.request.options
  const empty =
    platform === undefined ? dag.container() : dag.container({ platform: platform as Platform })
  const image = empty.from(reference)
  const exact = await image.imageRef().catch((error: unknown) => {
    throw new UserError(`the image cannot be read: ${(error as Error).message}`, {
      hint: "Check its name, or log in: docker login",
    })
  })
  const tools = await imageTools()
  return inArchive([image], async (archive) => {
    const read = await tools.openImage(archive)
    const { rebuild, doubt, container } = await project.buildAgain(read)
    const said = await inArchive([container], (again) => read.compare(rebuild, again, doubt))
    const notes = doubt === undefined ? [] : [`note: ${doubt}`]
    if (!said) return [`identical: ${exact}`, ...notes, ""].join("\n")
    const [difference = "", ...reasons] = said
    throw new UserError(`different: ${exact}`, {
      hint: [difference, "what explains it:", ...reasons.map((reason) => `  ${reason}`)].join("\n"),
    })
  })
}
