import type { Facts } from "../../detect/facts.js"
import type { GoCommand } from "../go/go-command.js"
import linkCheckProgram from "./link-check/main.go" with { type: "text" }
import { builderStageName, builtSource } from "../stages/builder-stage.js"
import { bindSource, modulePath } from "../go/modules.js"
import { ownBuildProgramStage } from "./own-program.js"
import { workingDirectory } from "../../settings/image-paths.js"
import type { Binary, Mount, Stage } from "../types.js"

/** The builder stage once its programs were seen to find in the image all that they link to. */
export const linkedStageName = "linked"

const checkStageName = "link-check"
const folder = "/link-check"
const builtCheck = `${folder}/link-check`
const basePath = "/base"

/** What is looked into: the runtime stage's base, and what the image is called there. */
interface LinkedTo {
  /** Undefined where it is empty. */
  baseStage: string | undefined
  baseName: string
  /** Where the image's loader looks besides. */
  libraryPath: string
}

/** A program of ours for the machine that builds, and a stage in which it looks at those of the project. */
export function linkCheckStages(
  facts: Facts,
  binaries: readonly Binary[],
  go: GoCommand,
  { baseStage, baseName, libraryPath }: LinkedTo,
): Stage[] {
  const source = builtSource(facts)
  const files = modulePath(facts, { folder: facts.assetRoot })
  const args = [baseName, baseStage === undefined ? "" : basePath, libraryPath]
  const programs = binaries.flatMap(({ built, installed }) => [built, installed])
  return [
    ownBuildProgramStage(checkStageName, folder, builtCheck, linkCheckProgram, go),
    {
      name: linkedStageName,
      isCheck: true,
      from: { stage: builderStageName },
      steps: [
        {
          type: "run",
          args: ["/mnt/link-check", ...args, workingDirectory, files, ...programs],
          mounts: [
            bind(checkStageName, folder, "/mnt"),
            ...(baseStage === undefined ? [] : [bind(baseStage, "/", basePath)]),
            ...("stage" in source.from ? [] : [bindSource("directory", ".", facts)]),
          ],
        },
      ],
    },
  ]
}

function bind(stage: string, path: string, target: string): Mount {
  return { type: "bind", kind: "directory", from: { stage }, path, target }
}
