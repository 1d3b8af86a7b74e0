import { join } from "node:path"
import { findProvider } from "../../../src/ci/providers.js"
import { foldersOf } from "../../../src/ci/place.js"
import { writePipeline, type PipelineFile } from "../../../src/ci/write-pipeline.js"
import type { DetectedProject } from "../../../src/detect/detect.js"
import type { Options } from "../../../src/options.js"
import { koNotes } from "../ci/ko-notes.js"
import type { Repository } from "../ci/repository.js"
import { takenLine } from "../ci/taken.js"
import { asTyped, programName } from "../../program-name.js"
import { noProvider } from "./command.js"
import { differences, type PlannedFile } from "./files.js"
import { sayOf, type Setup } from "./setup.js"

/** Of the provider that is used here, or that was asked for. */
export async function choosePipeline(
  setup: Setup,
  repository: Repository,
  made: {
    detected: DetectedProject
    source: Parameters<typeof writePipeline>[0]
    targets: string[]
    settings: Options
  },
): Promise<PlannedFile[]> {
  const { flags, ask, terminal } = setup
  const found = findProvider(repository.files, repository.remote)?.name ?? noProvider
  const provider = flags.provider ?? (await ask?.provider(found)) ?? found
  if (provider === noProvider) {
    if (!ask && flags.provider === undefined) {
      terminal.say(
        "no pipeline file: no CI provider is known here; --provider github writes one for GitHub Actions",
      )
    }
    return []
  }
  // What was found says where; what was chosen says who.
  const chosen =
    provider === found
      ? {}
      : { provider, providerFrom: flags.provider === undefined ? "your answer" : "--provider" }
  const { detected, source, targets, settings } = made
  const { privateModules = [] } = settings
  const withModules =
    privateModules.length === 0
      ? detected.settings
      : {
          ...detected.settings,
          privateModules: { value: privateModules, from: "project.toml", byProject: true as const },
        }
  const pipeline = await writePipeline(
    source,
    { ...detected, settings: withModules },
    {
      ...{ ...chosen, targets, image: flags.image },
      ...{ folder: repository.folder, files: repository.files, read: repository.read },
      ...{ remote: repository.remote, branch: repository.branch },
    },
  )
  for (const note of [...pipeline.notes, ...koNotes(repository)]) sayOf(setup)(note)
  const path = join(repository.root, pipeline.file)
  const command = commandOf(setup, pipeline)
  return [
    {
      ...{ path, content: pipeline.text },
      ...(pipeline.taken
        ? { isOthers: true, unchanged: [takenLine(pipeline, repository)] }
        : { unchanged: unchanged(pipeline, path, repository.read(pipeline.file), command) }),
    },
  ]
}

/** Prints the same file. */
function commandOf({ request, flags }: Setup, { provider }: PipelineFile): string {
  const image = flags.image === undefined ? "" : ` --image ${flags.image}`
  return `${programName} ci ${asTyped(request.source)} --provider ${provider}${image}`
}

function unchanged(
  { file, text }: PipelineFile,
  path: string,
  there: string | undefined,
  command: string,
): string[] {
  if (there === undefined) return []
  if (foldersOf(there).length === 0) {
    return [
      `${file} exists and was not changed (--force replaces it): it does not use go-image; ${command} prints what to add`,
    ]
  }
  return [
    `${file} exists and was not changed; as the project is now, it would differ:`,
    ...differences(there, text),
    `to write it again: ${command} --output ${asTyped(path)}`,
  ]
}
