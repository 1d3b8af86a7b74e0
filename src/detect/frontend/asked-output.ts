import { UserError } from "../../errors.js"
import type { FrontendRequest } from "../../settings/frontend.js"
import type { Need } from "../packages/missing-files.js"
import { inFolder, isInside, startOf } from "../modules/modules.js"
import type { FrontendOutput } from "./output.js"
import type { FrontendSearch } from "./types.js"

/** Whether it is what the front end that was asked for makes. */
export function isFor(
  { path }: Need,
  asked: string | undefined,
  { output }: FrontendRequest,
): boolean {
  if (asked === undefined) return false
  return output !== undefined || isInside(path, asked)
}

export function outputOf({ path, kind, isShared, isEmbedded }: Need): FrontendOutput {
  return {
    kind,
    path,
    to: path,
    isReplaced: !isShared && kind === "directory",
    inImage: !isEmbedded,
  }
}

/** What the front end that was asked for makes, and where that goes. */
export function askedOutputs(
  folder: string,
  { output, from }: FrontendRequest,
  projectFolder: string,
  needed: readonly Need[],
  { graph, files }: Pick<FrontendSearch, "graph" | "files">,
): FrontendOutput[] {
  if (output === undefined) {
    if (needed.length > 0) return needed.map(outputOf)
    // An existing output is built again.
    const embedded = graph.embeds
      .map(({ path }) => path.replace(/\\(.)/g, "$1").replace(/\/?[^/]*[*?[].*$/s, ""))
      .filter((path) => path !== folder && isInside(path, folder))
      .map((path) => madeFolder(path, folder))
    const found = [...new Set(embedded)]
    if (found.length > 0) {
      return found.map((path) => ({
        kind: "directory",
        path,
        to: path,
        isReplaced: true,
        inImage: false,
      }))
    }
    throw new UserError(
      `the output folder of the front end in ${folder || "."} is not known (${from})`,
      {
        hint: `Name the folder that its build writes: --frontend ${folder || "."} --frontend output=${inFolder(folder, "dist")}`,
      },
    )
  }
  const path = inFolder(projectFolder, output)
  const inside = needed.filter((need) => isInside(need.path, path) || isInside(path, need.path))
  const others = needed.filter((need) => !inside.includes(need))
  const isEmbedded = graph.embeds.some((embed) => isInside(embed.path, path))
  const own: FrontendOutput = {
    kind: "directory",
    path,
    to: path,
    isReplaced:
      path !== folder && !files.some((file) => file.endsWith(".go") && isInside(file, path)),
    inImage:
      inside.length > 0
        ? inside.some((need) => !need.isEmbedded)
        : !isEmbedded && others.length === 0,
  }
  // Elsewhere: a copy is what Go looks for.
  const copies = others.map((need) => ({ ...outputOf(need), kind: "directory" as const, path }))
  return inside.length > 0 || copies.length === 0 ? [own, ...copies] : copies
}

/** `web/dist/assets` is of `web/dist`: the first folder below the front end's. */
function madeFolder(path: string, folder: string): string {
  const start = startOf(folder)
  const [first = ""] = path.slice(start.length).split("/")
  return start + first
}
