import { join } from "node:path"
import { findProvider } from "../../../src/ci/providers.js"
import { writePipeline } from "../../../src/ci/write-pipeline.js"
import type { DetectedProject } from "../../../src/detect/detect.js"
import type { Options } from "../../../src/options.js"
import type { Repository } from "../ci/repository.js"
import { noProvider } from "./command.js"
import type { NewFile } from "./files.js"
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
): Promise<NewFile[]> {
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
      ...{ folder: repository.folder, files: repository.files },
      ...{ remote: repository.remote, branch: repository.branch },
    },
  )
  for (const note of pipeline.notes) sayOf(setup)(note)
  return [{ path: join(repository.root, pipeline.file), content: pipeline.text }]
}
